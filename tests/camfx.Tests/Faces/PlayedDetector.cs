using Camfx.Analysis.Faces;
using Camfx.Frames;

namespace Camfx.Tests.Faces;

/// <summary>A detector that a test plays: bright is a face.</summary>
internal sealed unsafe class PlayedDetector : IFaceDetector
{
    public int Width => 320;

    public int Height => 180;

    public int Detect(in FrameView picture, Span<FaceBox> faces)
    {
        double mass = 0, sumX = 0, sumY = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                double bright = Math.Max(0, picture.Row(0, y)[x] - 128);
                (mass, sumX, sumY) = (mass + bright, sumX + bright * (x + 0.5), sumY + bright * (y + 0.5));
            }
        }

        if (mass > 0) faces[0] = new FaceBox(sumX / mass - 10, sumY / mass - 10, 20, 20, 1);
        return mass > 0 ? 1 : 0;
    }

    public void Dispose()
    {
    }
}
