using Camfx.Frames;

namespace Camfx.Analysis.Faces;

/// <summary>Finds faces in small pictures.</summary>
/// <remarks>Thread-bound to the thread of the analysis.</remarks>
internal interface IFaceDetector : IDisposable
{
    /// <summary>Width of the pictures it looks at, in pixels.</summary>
    int Width { get; }

    /// <summary>Height of the pictures it looks at, in pixels.</summary>
    int Height { get; }

    /// <summary>Looks at one picture.</summary>
    /// <param name="picture">I420 of its size.</param>
    /// <param name="faces">Where the faces are written, the largest first; those that do not fit are left out.</param>
    /// <returns>How many there are.</returns>
    int Detect(in FrameView picture, Span<FaceBox> faces);
}
