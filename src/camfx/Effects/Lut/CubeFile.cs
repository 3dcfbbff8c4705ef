using System.Globalization;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Lut;

/// <summary>A table as a .cube file holds it (Adobe, Cube LUT Specification 1.0): three curves, or a cube of colours.</summary>
/// <param name="Is3D">Whether it is a cube.</param>
/// <param name="Size">Entries of a curve, or nodes along the cube's edge.</param>
/// <param name="Least">What red, green and blue the first entry stands for.</param>
/// <param name="Most">What red, green and blue the last entry stands for.</param>
/// <param name="Colors">Red, green and blue of each entry; in a cube red changes fastest.</param>
internal sealed record CubeFile(bool Is3D, int Size, float[] Least, float[] Most, float[] Colors)
{
    // Curves, and cubes whose ends are not 0 and 1, are taken over into a cube of this size: a straight piece between two of its nodes is four codes long at most.
    private const int OwnSize = 65, LongestCurve = 65536;
    private const long LargestFile = 128L << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is none; the message says which line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CubeFile Read(string path)
    {
        if (new FileInfo(path).Length > LargestFile) throw new FormatException("It is larger than any table.");
        return Parse(File.ReadLines(path));
    }

    /// <summary>Reads a file's lines.</summary>
    /// <exception cref="FormatException">They are no table.</exception>
    public static CubeFile Parse(IEnumerable<string> lines)
    {
        (bool is3D, int size, int number) = (false, 0, 0);
        (float[] least, float[] most, List<float> colors) = ([0, 0, 0], [1, 1, 1], []);
        foreach (string line in lines)
        {
            number++;
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#') continue;
            switch (words[0])
            {
                case "TITLE":
                    break;
                case "LUT_1D_SIZE" or "LUT_3D_SIZE" when size == 0 && words.Length == 2:
                    is3D = words[0] == "LUT_3D_SIZE";
                    int largest = is3D ? ColorCube.LargestSize : LongestCurve;
                    if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out size) || size < 2 || size > largest)
                        throw Wrong(number, $"the size is not 2 to {largest}");
                    break;
                case "DOMAIN_MIN":
                    least = Three(words.AsSpan(1), number);
                    break;
                case "DOMAIN_MAX":
                    most = Three(words.AsSpan(1), number);
                    break;
                case "LUT_1D_INPUT_RANGE" or "LUT_3D_INPUT_RANGE" when words.Length == 3:
                    float[] ends = Three([words[1], words[2], "0"], number);
                    (least, most) = ([ends[0], ends[0], ends[0]], [ends[1], ends[1], ends[1]]);
                    break;
                default:
                    if (size == 0) throw Wrong(number, "neither LUT_1D_SIZE nor LUT_3D_SIZE came first");
                    colors.AddRange(Three(words, number));
                    break;
            }
        }

        int wanted = 3 * (is3D ? size * size * size : size);
        if (size == 0 || colors.Count != wanted) throw new FormatException($"It has {colors.Count / 3} colours where its size asks for {wanted / 3}.");
        if (least.Zip(most).Any(static ends => !(ends.First < ends.Second))) throw new FormatException("DOMAIN_MIN is not below DOMAIN_MAX.");
        return new CubeFile(is3D, size, least, most, [.. colors]);
    }

    /// <summary>The table as pictures are looked up in it.</summary>
    public ColorCube ToCube(ColorRange range)
    {
        bool isPlain = Is3D && Array.TrueForAll(Least, static end => end == 0) && Array.TrueForAll(Most, static end => end == 1);
        return isPlain ? new ColorCube(Size, Colors, range) : new ColorCube(OwnSize, new CubeSampler(this).Sample(OwnSize), range);
    }

    private static float[] Three(ReadOnlySpan<string> words, int line)
    {
        float[] numbers = new float[3];
        for (int i = 0; i < 3; i++)
        {
            if (words.Length != 3 || !float.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]))
                throw Wrong(line, "expected three numbers");
        }

        return numbers;
    }

    private static FormatException Wrong(int line, string what) => new($"Line {line}: {what}.");
}
