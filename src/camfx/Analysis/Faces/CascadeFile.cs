using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Camfx.Imaging;

namespace Camfx.Analysis.Faces;

/// <summary>Reads cascades as OpenCV writes them (opencv_traincascade, feature type HAAR, upright rectangles).</summary>
internal static class CascadeFile
{
    private const int LargestWindow = 64;
    private const long LargestFile = 16L << 20;

    // Sums of floats are compared: OpenCV's own tolerance.
    private const float Tolerance = 1e-5f;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is none, or one of another kind; the message says what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Cascade Read(string path)
    {
        if (new FileInfo(path).Length > LargestFile) throw new FormatException("It is larger than any cascade.");
        using FileStream file = File.OpenRead(path);
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return Parse(XDocument.Load(reader));
        }
        catch (XmlException failure)
        {
            throw new FormatException($"Line {failure.LineNumber} is no XML.", failure);
        }
    }

    private static Cascade Parse(XDocument document)
    {
        XElement cascade = Child(document.Root!, "cascade");
        string type = Child(cascade, "featureType").Value.Trim();
        if (type != "HAAR") throw new FormatException($"Its features are {type}, not HAAR.");
        int width = Length(cascade, "width"), height = Length(cascade, "height");
        (PixelRectangle Area, float Weight)[][] features =
            [.. Items(Child(cascade, "features")).Select(item => Feature(item, width, height))];

        (List<CascadeStage> stages, List<int> roots, List<CascadeNode> nodes, List<float> leaves) = ([], [], [], []);
        foreach (XElement stage in Items(Child(cascade, "stages")))
        {
            foreach (XElement tree in Items(Child(stage, "weakClassifiers")))
            {
                roots.Add(nodes.Count);
                AddTree(tree, features, nodes, leaves);
            }

            stages.Add(new CascadeStage(roots.Count, Numbers(Child(stage, "stageThreshold"), 1)[0] - Tolerance));
        }

        return stages.Count > 0 ? new Cascade(width, height, [.. stages], [.. roots], [.. nodes], [.. leaves]) : throw new FormatException("It has no stages.");
    }

    private static (PixelRectangle Area, float Weight)[] Feature(XElement feature, int width, int height)
    {
        if (feature.Element("tilted")?.Value.Trim() is not (null or "0")) throw new FormatException("It has tilted features.");
        XElement[] areas = [.. Items(Child(feature, "rects"))];
        if (areas.Length is < 1 or > CascadeNode.MostRectangles) throw new FormatException($"A feature has {areas.Length} rectangles.");
        return [.. areas.Select(Area)];

        (PixelRectangle Area, float Weight) Area(XElement item)
        {
            float[] numbers = Numbers(item, 5);
            PixelRectangle area = new((int)numbers[0], (int)numbers[1], (int)numbers[2], (int)numbers[3]);
            return area is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 } && area.Right <= width && area.Bottom <= height
                ? (area, numbers[4])
                : throw new FormatException($"The rectangle {item.Value.Trim()} is not inside the window.");
        }
    }

    private static void AddTree(XElement tree, (PixelRectangle Area, float Weight)[][] features, List<CascadeNode> nodes, List<float> leaves)
    {
        int firstNode = nodes.Count, firstLeaf = leaves.Count;
        float[] said = Numbers(Child(tree, "leafValues"), 0), asked = Numbers(Child(tree, "internalNodes"), 0);
        int count = asked.Length / 4;
        if (count == 0 || asked.Length % 4 != 0 || said.Length != count + 1)
            throw new FormatException($"A tree has {asked.Length} numbers for its nodes and {said.Length} leaves.");
        for (int i = 0; i < count; i++)
        {
            int feature = (int)asked[4 * i + 2];
            if (feature < 0 || feature >= features.Length) throw new FormatException($"A tree asks for feature {feature} of {features.Length}.");
            CascadeNode node = new() { Threshold = asked[4 * i + 3], Below = Next((int)asked[4 * i], i), Otherwise = Next((int)asked[4 * i + 1], i) };
            for (int area = 0; area < features[feature].Length; area++) (node.Areas[area], node.Weights[area]) = features[feature][area];
            nodes.Add(node);
        }

        leaves.AddRange(said);

        // Only onwards, so that every way ends.
        int Next(int written, int from) => written > from && written < count ? firstNode + written
            : written <= 0 && -written < said.Length ? ~(firstLeaf - written)
            : throw new FormatException($"A node goes on at {written}, which its tree does not have.");
    }

    private static XElement Child(XElement parent, string name) => parent.Element(name) ?? throw new FormatException($"<{parent.Name}> has no <{name}>.");

    private static IEnumerable<XElement> Items(XElement list) => list.Elements("_");

    private static int Length(XElement cascade, string name)
    {
        float length = Numbers(Child(cascade, name), 1)[0];
        return length is >= 4 and <= LargestWindow ? (int)length : throw new FormatException($"Its window's {name} is {length}.");
    }

    /// <summary>The numbers in an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="count">How many there must be; 0: any number.</param>
    private static float[] Numbers(XElement element, int count)
    {
        string[] words = element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        float[] numbers = new float[words.Length];
        if (count > 0 && count != words.Length) throw new FormatException($"<{element.Name}> has {words.Length} numbers, not {count}.");
        for (int i = 0; i < words.Length; i++)
        {
            if (!float.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]))
                throw new FormatException($"'{words[i]}' in <{element.Name}> is no number.");
        }

        return numbers;
    }
}
