using Camfx.Sources.Camera;

namespace Camfx.Tests.Sources;

public sealed class NewestOfTests
{
    [Fact]
    public void TheNewestIsSeenAndWhatNobodySawIsTold()
    {
        NewestOf<Box> boxes = new(() => new Box());
        Assert.Equal(0, boxes.Look().Value);
        Assert.False(Put(boxes, 1));
        Assert.True(Put(boxes, 2));
        Assert.Equal(2, boxes.Look().Value);
        Assert.Equal(2, boxes.Look().Value);
        Assert.False(Put(boxes, 3));
        Assert.Equal(3, boxes.Look().Value);
    }

    [Fact]
    public void WhatIsLookedAtIsNotFilled()
    {
        NewestOf<Box> boxes = new(() => new Box());
        Put(boxes, 1);
        Box seen = boxes.Look();
        for (int value = 2; value < 10; value++)
        {
            Assert.NotSame(seen, boxes.Filling);
            Put(boxes, value);
        }

        Assert.Equal(1, seen.Value);
    }

    [Fact]
    public void TwoThreadsNeverHaveTheSameOne()
    {
        const int Last = 200_000;
        NewestOf<Box> boxes = new(() => new Box());
        var filler = new Thread(() =>
        {
            for (int value = 1; value <= Last; value++) Put(boxes, value);
        });
        filler.Start();
        int newest = 0;
        while (newest < Last)
        {
            Box seen = boxes.Look();
            int value = seen.Value;
            Assert.True(value >= newest, $"{value} after {newest}");
            Assert.Equal(value, seen.Copy);
            newest = value;
        }

        filler.Join();
    }

    private static bool Put(NewestOf<Box> boxes, int value)
    {
        Box box = boxes.Filling;
        Volatile.Write(ref box.Value, value);
        Volatile.Write(ref box.Copy, value);
        return boxes.Publish();
    }

    private sealed class Box
    {
        public int Value;
        public int Copy;
    }
}
