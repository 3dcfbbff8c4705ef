using Camfx.DBus;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.Service;

/// <content>Snapshots, and the privacy switch.</content>
internal sealed partial class CameraSession
{
    private const int MostPictures = 4;

    private int _pictures;

    /// <summary>Closes the source at once, before the change that says so has its turn.</summary>
    public void SwitchOff()
    {
        if (_camera is { } camera) camera.Enabled = false;
    }

    /// <summary>Takes a picture of what the camera shows.</summary>
    /// <param name="format">The file's format.</param>
    /// <param name="done">Called once on whatever thread, with a memfd that holds the file, which is the callee's, or with what went wrong.</param>
    public void TakePicture(ImageFormat format, Action<FileDescriptor?, Exception?> done)
    {
        if (_camera is not { } camera)
        {
            done(null, BusException.Failed(_failure ?? "The camera is being made anew; call again."));
            return;
        }

        if (Interlocked.Increment(ref _pictures) > MostPictures)
        {
            Interlocked.Decrement(ref _pictures);
            done(null, BusException.LimitReached($"{MostPictures} pictures of '{_record.Name}' are being taken already; wait for them."));
            return;
        }

        _ = TakeAsync(camera, format, done);
    }

    private async Task TakeAsync(Pipeline.Camera camera, ImageFormat format, Action<FileDescriptor?, Exception?> done)
    {
        FileDescriptor? picture = null;
        Exception? failure = null;
        try
        {
            using FrameBuffer frame = await camera.TakePictureAsync().ConfigureAwait(false);
            using MemoryStream file = new();
            ImageWriter.Encode(frame.View, format, file);
            picture = SealedFile.Of(file.GetBuffer().AsSpan(0, (int)file.Length));
        }
        catch (Exception e)
        {
            failure = e is CamfxException or PosixException ? e : BusException.Failed($"The picture could not be taken: {e.Message}");
        }

        Interlocked.Decrement(ref _pictures);
        done(picture, failure);
    }
}
