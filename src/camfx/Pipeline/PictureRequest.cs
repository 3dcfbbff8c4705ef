using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Pipeline;

/// <summary>Somebody wants one picture of what the camera shows.</summary>
/// <remarks>The render thread answers, the asker waits.</remarks>
internal sealed class PictureRequest
{
    private readonly TaskCompletionSource<FrameBuffer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The picture; whoever gets it disposes it.</summary>
    public Task<FrameBuffer> Picture => _answer.Task;

    /// <summary>Gives a copy of the frame. If nobody waits any more, nothing happens.</summary>
    public void Answer(in FrameView frame)
    {
        if (_answer.Task.IsCompleted) return;
        var copy = new FrameBuffer(FrameLayout.Packed(frame.Format, frame.Width, frame.Height), frame.Matrix, frame.Range);
        FrameCopy.Copy(frame, copy.View);
        if (!_answer.TrySetResult(copy)) copy.Dispose();
    }

    /// <summary>Says why there will be none. If there is an answer already, nothing happens.</summary>
    public void Refuse(string reason) => _ = _answer.TrySetException(new CamfxException(ExitCode.Failed, reason));
}
