using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Posix;
using Camfx.Sinks;
using Camfx.Sinks.Queue;
using Camfx.Sources;

namespace Camfx.Pipeline;

// What consumers attach to. Its name and its kinds are changed while nobody watches; one consumer more is always possible.
internal sealed partial class Camera
{
    /// <summary>Changes the name and the outputs: all are made anew.</summary>
    /// <exception cref="CamfxException">
    /// Somebody watches (<see cref="CamfxException.IsBusy"/>), or an output cannot work; nothing has changed then.
    /// </exception>
    public void SetOutputs(string name, ImmutableArray<string> outputs)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            CameraOptions before = _options, after = before with { Name = name, Outputs = outputs };
            if (name == before.Name && outputs.SequenceEqual(before.Outputs, StringComparer.Ordinal)) return;
            if (IsWatched) throw CamfxException.Busy($"Somebody watches the camera '{before.Name}', and its outputs stay for as long; close what watches.");
            SourceKinds.Refuse(after);
            try
            {
                Remake(after);
            }
            catch
            {
                Remake(before);
                throw;
            }
        }

        Tell();
    }

    /// <summary>Adds a consumer that gets the queue of its format by descriptor, and watches until it is disposed.</summary>
    /// <param name="format">One that frames can be converted to.</param>
    /// <param name="consumer">Who it is.</param>
    /// <exception cref="PosixException">There are no descriptors for it.</exception>
    public PassedQueue OpenQueue(PixelFormat format, Consumer consumer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new PassedQueue(_stage.Queues.Of(format), _stage.Demand, consumer);
        }
    }
}
