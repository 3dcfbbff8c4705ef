using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Color;

public sealed class ColorCubeTests
{
    [Theory]
    [InlineData(2, ColorMatrix.Bt601)]
    [InlineData(17, ColorMatrix.Bt709)]
    [InlineData(33, ColorMatrix.Bt601)]
    [InlineData(65, ColorMatrix.Bt709)]
    public void Every_colour_is_within_a_code_of_the_tetrahedron_in_real_numbers(int size, ColorMatrix matrix)
    {
        float[] colors = Curved(size);
        ColorCube cube = new(size, colors, ColorRange.Limited);
        Random random = new(5);
        for (int i = 0; i < 4000; i++)
        {
            byte y = (byte)random.Next(16, 236), u = (byte)random.Next(16, 241), v = (byte)random.Next(16, 241);
            Picture picture = new Picture(PixelFormat.I420, 2, 2, matrix).Set(y, y, y, y, u, v);
            cube.Apply(picture.View);
            (double red, double green, double blue) = RealColor.ToRgb(matrix, ColorRange.Limited, y, u, v);
            double[] wanted = Tetrahedral(size, colors, red / 255, green / 255, blue / 255);
            (double wantedY, double wantedU, double wantedV) = RealColor.ToYuv(matrix, ColorRange.Limited, wanted[0] * 255, wanted[1] * 255, wanted[2] * 255);
            Assert.Equal(wantedY, picture[0, 0, 0], 1.0);
            Assert.Equal(wantedU, picture[1, 0, 0], 1.0);
            Assert.Equal(wantedV, picture[2, 0, 0], 1.0);
        }
    }

    [Fact]
    public void A_cube_of_two_nodes_that_are_their_own_colours_changes_nothing()
    {
        ColorCube cube = new(2, [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1], ColorRange.Limited);
        for (byte y = 16; y <= 235; y++)
        {
            Picture picture = new Picture(PixelFormat.I420, 2, 2).Set(y, y, y, y, 128, 128);
            cube.Apply(picture.View);
            Assert.Equal([y, y, y, y, 128, 128], picture.ToArray());
        }
    }

    [Fact]
    public void Numbers_that_are_too_few_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ColorCube(2, new float[23], ColorRange.Limited));

    private static float[] Curved(int size)
    {
        float[] colors = new float[3 * size * size * size];
        for (int node = 0; node < size * size * size; node++)
        {
            double red = (double)(node % size) / (size - 1), green = (double)(node / size % size) / (size - 1), blue = (double)(node / size / size) / (size - 1);
            colors[3 * node] = (float)(0.8 * Math.Sqrt(red) + 0.2 * blue * green);
            colors[3 * node + 1] = (float)(green * green * 0.9 + 0.1 * red);
            colors[3 * node + 2] = (float)(0.5 + 0.4 * Math.Sin(3 * blue) - 0.3 * red);
        }

        return colors;
    }

    /// <summary>Along the axes in the order of how far the place lies along them: written apart from the kernel's choice of corners.</summary>
    private static double[] Tetrahedral(int size, float[] colors, params double[] color)
    {
        int[] step = [1, size, size * size];
        double[] part = new double[3], sum = new double[3];
        int node = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            double place = Math.Clamp(color[axis], 0, 1) * (size - 1);
            int before = Math.Min((int)place, size - 2);
            part[axis] = place - before;
            node += before * step[axis];
        }

        for (int channel = 0; channel < 3; channel++) sum[channel] = colors[3 * node + channel];
        foreach (int axis in Enumerable.Range(0, 3).OrderByDescending(axis => part[axis]))
        {
            int next = node + step[axis];
            for (int channel = 0; channel < 3; channel++) sum[channel] += part[axis] * (colors[3 * next + channel] - colors[3 * node + channel]);
            node = next;
        }

        return sum;
    }
}
