using Camfx.Analysis.Faces;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.AutoFrame;

/// <summary>Shows the part of the picture that has the faces in it, and follows them softly.</summary>
/// <param name="mode">The camera's.</param>
/// <param name="camera">Says which part.</param>
/// <param name="detector">Finds the faces; is disposed with it.</param>
internal sealed class AutoFrameEffect(CameraMode mode, CameraOperator camera, IFaceDetector detector) : IEffect
{
    private readonly WindowScaler _scaler = new(mode.Width, mode.Height);
    private readonly FaceStage _faces = new(mode.Width, mode.Height, detector);

    public static EffectKind Description { get; } = new(
        "autoframe", "Keeps faces in the middle, larger, and follows them softly.",
        [
            EffectKey.Number("zoom", 1.6, 1, 4, "how much larger one face is shown; several are all shown if they fit"),
            EffectKey.Number("hold", 3, 0, 60, "seconds until the whole picture is shown again when no face is seen"),
            EffectKey.Number("ease", 0.5, 0.1, 10, "seconds that most of a movement takes"),
        ],
        static (values, mode) => new AutoFrameEffect(
            mode,
            new CameraOperator(mode.Width, mode.Height, values.Number("zoom"), values.Number("hold"), values.Number("ease")),
            HaarEngine.Make(mode.Width, mode.Height)))
    { MovesPicture = true };

    public bool IsInPlace => false;

    /// <summary>Where it has its faces from.</summary>
    public FaceStage Faces => _faces;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        Shot shot = camera.Follow(_faces.See(source, presentationTime).Faces, presentationTime);
        double width = shot.Height * mode.Width / mode.Height;
        _scaler.Scale(source, shot.CenterX - width / 2, shot.CenterY - shot.Height / 2, width, shot.Height, target);
    }

    public void Dispose() => _faces.Dispose();
}
