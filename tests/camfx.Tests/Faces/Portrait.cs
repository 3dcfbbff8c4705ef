using Camfx.Analysis.Faces;
using Camfx.Frames;
using Camfx.Tests.Effects;

namespace Camfx.Tests.Faces;

/// <summary>A picture with one real face.</summary>
internal static class Portrait
{
    public const int Width = 512, Height = 288;

    /// <summary>Middle of the face in the picture.</summary>
    public const int FaceX = 222, FaceY = 118;

    public static bool CanBeSeen => File.Exists(HaarEngine.SystemPath);

    public const string Unseen = "opencv-data is not installed";

    /// <summary>A larger picture with the portrait in it.</summary>
    public static FrameBuffer In(int width, int height, int x, int y, double scale = 1)
    {
        using FrameBuffer wall = TestPicture.Flat(width, height, 120);
        string path = Path.Combine(AppContext.BaseDirectory, "Faces", "portrait.jpg");
        return TestPicture.Apply(FormattableString.Invariant($"image:path={path},x={x},y={y},scale={scale}"), wall);
    }
}
