using Camfx.Analysis.Faces;

namespace Camfx.Tests.Faces;

public sealed class FaceGroupsTests
{
    private readonly FaceGroups _groups = new();
    private readonly FaceBox[] _faces = new FaceBox[2];

    [Fact]
    public void Windows_near_each_other_are_one_face_in_their_middle()
    {
        for (int i = 0; i < 7; i++) Add(99 + i, 50, 40);
        Assert.Equal([new FaceBox(102, 50, 40, 40, 7)], Faces());
    }

    [Fact]
    public void Few_windows_are_chance()
    {
        for (int i = 0; i < 5; i++) Add(100, 50, 40);
        Assert.Empty(Faces());
    }

    [Fact]
    public void A_face_within_a_face_is_none()
    {
        for (int i = 0; i < 7; i++) Add(100, 50, 80);
        for (int i = 0; i < 6; i++) Add(120, 70, 30);
        Assert.Equal(80, Assert.Single(Faces()).Width);
    }

    [Fact]
    public void The_largest_come_first_and_the_smallest_do_not_fit()
    {
        foreach (int size in new[] { 20, 60, 40 })
            for (int i = 0; i < 6; i++) Add(size * 10, 0, size);
        Assert.Equal([60, 40], Faces().Select(static face => face.Width));
        _groups.Clear();
        Assert.Empty(Faces());
    }

    private void Add(double x, double y, double size) => _groups.Add(new FaceBox(x, y, size, size, 1));

    private FaceBox[] Faces() => _faces[.._groups.Write(_faces)];
}
