namespace Camfx.Effects.Lut;

/// <summary>Takes a table over into a cube over 0 to 1.</summary>
internal sealed class CubeSampler(CubeFile file)
{
    /// <summary>The colours of a cube of so many nodes along an edge, red changing fastest.</summary>
    public float[] Sample(int size)
    {
        float[] colors = new float[3 * size * size * size];
        double[] color = new double[3];
        for (int node = 0; node < size * size * size; node++)
        {
            color[0] = Place(0, node % size, size);
            color[1] = Place(1, node / size % size, size);
            color[2] = Place(2, node / (size * size), size);
            for (int channel = 0; channel < 3; channel++)
                colors[3 * node + channel] = (float)(file.Is3D ? Cube(color, channel) : Curve(color[channel], channel));
        }

        return colors;
    }

    /// <summary>Where in the file's table a node lies, in entries.</summary>
    private double Place(int channel, int node, int size)
    {
        double value = (double)node / (size - 1), least = file.Least[channel], most = file.Most[channel];
        return Math.Clamp((value - least) / (most - least), 0, 1) * (file.Size - 1);
    }

    private double Curve(double place, int channel)
    {
        int before = Math.Min((int)place, file.Size - 2);
        double part = place - before;
        return file.Colors[3 * before + channel] * (1 - part) + file.Colors[3 * before + 3 + channel] * part;
    }

    private double Cube(double[] place, int channel)
    {
        double sum = 0;
        for (int corner = 0; corner < 8; corner++)
        {
            double weight = 1;
            int node = 0;
            for (int axis = 2; axis >= 0; axis--)
            {
                int before = Math.Min((int)place[axis], file.Size - 2), bit = corner >> axis & 1;
                double part = place[axis] - before;
                weight *= bit == 1 ? part : 1 - part;
                node = node * file.Size + before + bit;
            }

            sum += weight * file.Colors[3 * node + channel];
        }

        return sum;
    }
}
