using Camfx.Analysis.Faces;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Tests.Effects;

namespace Camfx.Tests.Faces;

public sealed class CascadeDetectorTests
{
    [SkippableTheory]
    [InlineData(512, 288, 0, 0, 1.0)]
    [InlineData(640, 360, 100, 40, 1.0)]
    [InlineData(640, 480, 60, 200, 0.6)]
    [InlineData(1280, 720, 0, 0, 2.5)]
    [InlineData(1280, 720, 500, 350, 1.1)]
    public void A_face_is_found_where_it_is(int width, int height, int x, int y, double scale)
    {
        Skip.IfNot(Portrait.CanBeSeen, Portrait.Unseen);
        using FrameBuffer picture = Portrait.In(width, height, x, y, scale);
        FaceBox face = Assert.Single(Detect(picture));
        double off = 12 * scale;
        Assert.InRange(face.CenterX, x + Portrait.FaceX * scale - off, x + Portrait.FaceX * scale + off);
        Assert.InRange(face.CenterY, y + Portrait.FaceY * scale - off, y + Portrait.FaceY * scale + off);
        Assert.InRange(face.Width, 70 * scale, 120 * scale);
    }

    [SkippableFact]
    public void Where_there_is_none_none_is_found()
    {
        Skip.IfNot(Portrait.CanBeSeen, Portrait.Unseen);
        using FrameBuffer flat = TestPicture.Flat(640, 360, 90), noise = TestPicture.Noise(640, 360), portrait = Portrait.In(512, 288, 0, 0);
        using FrameBuffer turned = TestPicture.Apply("rotate:angle=180", portrait);
        Assert.Empty(Detect(flat));
        Assert.Empty(Detect(noise));
        Assert.Empty(Detect(turned));
    }

    [SkippableFact]
    public void Two_faces_are_two_the_largest_first()
    {
        Skip.IfNot(Portrait.CanBeSeen, Portrait.Unseen);
        using FrameBuffer small = Portrait.In(1280, 576, 0, 100), both = Portrait.In(1280, 576, 520, 0, 1.4);
        Transform.Mirror(small.View, small.View);
        FrameCopy.Copy(Region.Of(small.View, new PixelRectangle(768, 100, 512, 288)), Region.Of(both.View, new PixelRectangle(0, 100, 512, 288)));
        FaceBox[] faces = Detect(both);
        Assert.Equal(2, faces.Length);
        Assert.InRange(faces[0].CenterX, 800, 860);
        Assert.InRange(faces[1].CenterX, 270, 310);
    }

    [SkippableFact]
    public void A_picture_costs_no_managed_memory()
    {
        Skip.IfNot(Portrait.CanBeSeen, Portrait.Unseen);
        using IFaceDetector detector = HaarEngine.Make(Portrait.Width, Portrait.Height);
        using FrameBuffer portrait = Portrait.In(512, 288, 0, 0), small = TestPicture.New(detector.Width, detector.Height);
        new Scaler(512, 288, detector.Width, detector.Height).Scale(portrait.View, small.View);
        FaceBox[] found = new FaceBox[4];
        _ = detector.Detect(small.View, found);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) _ = detector.Detect(small.View, found);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static FaceBox[] Detect(FrameBuffer picture)
    {
        int width = picture.Layout.Width, height = picture.Layout.Height;
        using IFaceDetector detector = HaarEngine.Make(width, height);
        using FrameBuffer small = TestPicture.New(detector.Width, detector.Height);
        new Scaler(width, height, detector.Width, detector.Height).Scale(picture.View, small.View);
        FaceBox[] found = new FaceBox[8];
        int count = detector.Detect(small.View, found);
        return [.. found.Take(count).Select(face => face.Scaled((double)width / small.Layout.Width, (double)height / small.Layout.Height))];
    }
}
