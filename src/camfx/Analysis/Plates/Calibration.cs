using Camfx.Analysis.Segmentation;
using Camfx.Imaging;

namespace Camfx.Analysis.Plates;

/// <summary>The taking of one picture of the empty scene.</summary>
/// <param name="delay">From the first picture on, in ns: somebody has to step aside, and a webcam to find its exposure.</param>
/// <param name="duration">How long pictures are taken then, in ns.</param>
/// <param name="keep">Keeps what comes out, for a source.</param>
/// <remarks>Thread-bound to the thread of the analysis, but for <see cref="Done"/>.</remarks>
internal sealed class Calibration(long delay, long duration, Action<string, EmptyScene> keep)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EmptySceneRecorder? _recorder;
    private string? _source;
    private long _from;

    /// <summary>Ends when the scene is kept, or with why it is not. Thread-safe.</summary>
    public Task Done => _done.Task;

    /// <summary>Sees the next picture.</summary>
    public void Add(SmallPicture picture)
    {
        if (Done.IsCompleted) return;
        try
        {
            if (TryTake(picture) is { } scene)
            {
                keep(picture.Source, scene);
                _done.SetResult();
            }
        }
        catch (Exception failure)
        {
            _done.SetException(failure as CamfxException ?? new CamfxException(ExitCode.Failed, failure.Message, failure));
        }
    }

    private EmptyScene? TryTake(SmallPicture picture)
    {
        if (_source is null) (_source, _from) = (picture.Source, picture.CaptureTime + delay);
        if (picture.Source != _source) throw CamfxException.Busy("Another source was chosen while the empty scene was taken; take it again.");
        if (picture.CaptureTime < _from) return null;
        _recorder ??= new EmptySceneRecorder(picture.View.Width, picture.View.Height);
        _recorder.Add(picture.View);
        return picture.CaptureTime >= _from + duration ? _recorder.Finish() : null;
    }
}
