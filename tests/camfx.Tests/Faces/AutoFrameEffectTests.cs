using Camfx.Analysis.Faces;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Effects.AutoFrame;
using Camfx.Frames;
using Camfx.Tests.Effects;
using Camfx.Tests.Pipeline;

namespace Camfx.Tests.Faces;

public sealed class AutoFrameEffectTests
{
    private const int Width = 640, Height = 360;
    private const long Frame = FaceStage.Interval / 3 + 1;

    private long _time;

    [Fact]
    public void A_face_that_moves_stays_in_its_place_and_does_not_tremble()
    {
        using AutoFrameEffect effect = Played();
        using FrameBuffer first = Blob(280, 160);
        for (int i = 0; i < 90; i++) ShowNew(effect, first).Dispose();
        double moved = 0;
        double? before = null;
        for (double x = 280; x < 330; x += 0.4)
        {
            using FrameBuffer source = Blob(x, 160), shown = ShowNew(effect, source);
            (double seenX, double seenY) = Middle(shown);
            Assert.InRange(seenX, Width * 0.45, Width * 0.55);
            Assert.InRange(seenY, Height * (CameraOperator.Headroom - 0.05), Height * (CameraOperator.Headroom + 0.05));
            moved = Math.Max(moved, Math.Abs(seenX - (before ?? seenX)));
            before = seenX;
        }

        // It walks 0.64 pixels a frame as shown.
        Assert.InRange(moved, 0, 1);
    }

    [Fact]
    public void A_face_that_sits_still_is_shown_still()
    {
        using AutoFrameEffect effect = Played();
        using FrameBuffer source = Blob(280, 160);
        for (int i = 0; i < 150; i++) ShowNew(effect, source).Dispose();
        (double x, double y) = At(effect, source);
        for (int i = 0; i < 30; i++)
        {
            (double nextX, double nextY) = At(effect, source);
            Assert.InRange(Math.Abs(nextX - x) + Math.Abs(nextY - y), 0, 0.1);
        }

        Assert.Equal(1, effect.Faces.Analysed);
    }

    [Fact]
    public void The_face_becomes_larger_and_without_one_nothing_changes()
    {
        using AutoFrameEffect effect = Played();
        using FrameBuffer empty = TestPicture.Noise(Width, Height), source = Blob(280, 160);
        for (int i = 0; i < empty.Bytes.Length; i++) empty.Bytes[i] = (byte)(empty.Bytes[i] / 2);
        using FrameBuffer untouched = ShowNew(effect, empty);
        Assert.True(TestPicture.IsSame(empty, untouched));
        for (int i = 0; i < 120; i++) ShowNew(effect, source).Dispose();
        using FrameBuffer shown = ShowNew(effect, source);
        Assert.Equal(1.6 * 1.6, Bright(shown) / (double)Bright(source), 0.1);
    }

    [Fact]
    public void A_frame_costs_no_managed_memory()
    {
        using AutoFrameEffect effect = Played();
        using FrameBuffer source = Blob(280, 160), target = TestPicture.New(Width, Height);
        for (int i = 0; i < 5; i++) effect.Apply(source.View, target.View, _time += Frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) effect.Apply(source.View, target.View, _time += Frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SkippableFact]
    public void A_real_face_is_found_and_framed()
    {
        Skip.IfNot(Portrait.CanBeSeen, Portrait.Unseen);
        using FrameBuffer source = Portrait.In(Width, Height, 40, 40), target = TestPicture.New(Width, Height);
        using IEffect effect = EffectKinds.Create("autoframe:zoom=1.6", new CameraMode(Width, Height, new FrameRate(30, 1)));
        using IFaceDetector detector = HaarEngine.Make(Width, Height);
        FaceBox[] faces = new FaceBox[2];

        WatchedCamera.Await(IsFramed, "the face is in its place");

        bool IsFramed()
        {
            for (int i = 0; i < 10; i++) effect.Apply(source.View, target.View, _time += Frame);
            using FrameBuffer small = TestPicture.New(detector.Width, detector.Height);
            new Imaging.Scaler(Width, Height, detector.Width, detector.Height).Scale(target.View, small.View);
            if (detector.Detect(small.View, faces) != 1) return false;
            FaceBox face = faces[0].Scaled((double)Width / detector.Width, (double)Height / detector.Height);
            return face.Width > 1.4 * 85 && Math.Abs(face.CenterX / Width - 0.5) < 0.05 && Math.Abs(face.CenterY / Height - CameraOperator.Headroom) < 0.05;
        }
    }

    private static AutoFrameEffect Played() => new(
        new CameraMode(Width, Height, new FrameRate(30, 1)), new CameraOperator(Width, Height, 1.6, hold: 3, ease: 0.4), new PlayedDetector());

    /// <summary>Shows a picture, once its faces are known where it is to be looked at.</summary>
    private FrameBuffer ShowNew(AutoFrameEffect effect, FrameBuffer source)
    {
        long had = effect.Faces.Analysed + effect.Faces.Skipped;
        bool isLookedAt = _time % (3 * Frame) == 0;
        FrameBuffer target = TestPicture.New(Width, Height);
        effect.Apply(source.View, target.View, _time);
        _time += Frame;
        if (isLookedAt) WatchedCamera.Await(() => effect.Faces.Analysed + effect.Faces.Skipped > had, "the detector");
        return target;
    }

    private (double X, double Y) At(AutoFrameEffect effect, FrameBuffer source)
    {
        using FrameBuffer shown = ShowNew(effect, source);
        return Middle(shown);
    }

    /// <summary>A soft bright spot, which can lie between two pixels.</summary>
    private static unsafe FrameBuffer Blob(double x, double y)
    {
        FrameBuffer picture = TestPicture.Flat(Width, Height, 40);
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < Width; column++)
            {
                double distance = (column + 0.5 - x) * (column + 0.5 - x) + (row + 0.5 - y) * (row + 0.5 - y);
                picture.View.Row(0, row)[column] = (byte)Math.Round(40 + 190 * Math.Exp(-distance / 800));
            }
        }

        return picture;
    }

    private static (double X, double Y) Middle(FrameBuffer picture)
    {
        double mass = 0, sumX = 0, sumY = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double bright = Math.Max(0, TestPicture.Luma(picture, x, y) - 60);
                (mass, sumX, sumY) = (mass + bright, sumX + bright * (x + 0.5), sumY + bright * (y + 0.5));
            }
        }

        return (sumX / mass, sumY / mass);
    }

    private static int Bright(FrameBuffer picture)
    {
        int count = 0;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) count += TestPicture.Luma(picture, x, y) > 128 ? 1 : 0;
        return count;
    }
}
