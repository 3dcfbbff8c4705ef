using System.Globalization;

namespace Camfx.Frames.Torture;

/// <summary>What a run does.</summary>
internal sealed record TortureOptions(int Kills, int Width, int Height, int Seed, string? CReader, string? PythonReader, string? PythonSdk)
{
    public const string Usage =
        "[--kills N] [--size WxH] [--seed S] [--c-reader PROGRAM] [--python-reader SCRIPT --python-sdk FOLDER]";

    /// <summary>Reads the command line; null when it makes no sense.</summary>
    public static TortureOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new TortureOptions(60, 640, 360, Environment.TickCount & 0xffffff, null, null, null);
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            string value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--kills":
                    options = options with { Kills = Number(value) };
                    break;
                case "--size" when value.Split('x') is [string width, string height]:
                    options = options with { Width = Number(width), Height = Number(height) };
                    break;
                case "--seed":
                    options = options with { Seed = Number(value) };
                    break;
                case "--c-reader":
                    options = options with { CReader = value };
                    break;
                case "--python-reader":
                    options = options with { PythonReader = value };
                    break;
                case "--python-sdk":
                    options = options with { PythonSdk = value };
                    break;
                default:
                    return null;
            }
        }

        return arguments.Length % 2 == 0 ? options : null;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
