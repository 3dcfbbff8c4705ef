using System.Globalization;
using System.Text;
using System.Text.Json;
using Camfx.V4L2;
using Camfx.V4L2.Probe;

// v4l2-probe list
// v4l2-probe modes DEVICE
// v4l2-probe controls DEVICE
// v4l2-probe capture DEVICE [--format CODE] [--size WxH] [--memory TYPE] [--frames N]     without --format or --memory: every one there is
// v4l2-probe loop OUTPUT INPUT [--format CODE] [--size WxH] [--memory TYPE] [--frames N]  what goes in must come out, byte for byte, in order
// v4l2-probe loopback [--control PATH]                                                   v4l2loopback as its control node makes it
// Prints one JSON object; ends with 1 if something is not as it should be, 2 if it was called wrongly.
if (args.Length == 0)
{
    Console.Error.WriteLine("v4l2-probe: say list, modes, controls, capture, loop or loopback.");
    return 2;
}

try
{
    var arguments = new ProbeArguments(args);
    using var text = new MemoryStream();
    bool good;
    using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
    {
        json.WriteStartObject();
        good = args[0] switch
        {
            "list" => Listing.Nodes(json),
            "modes" => Listing.Modes(json, arguments.Position(0)),
            "controls" => Listing.Controls(json, arguments.Position(0)),
            "capture" => CaptureProbe.Run(json, arguments),
            "loop" => LoopProbe.Run(json, arguments),
            "loopback" => LoopbackProbe.Run(json, arguments),
            _ => throw new ArgumentException($"'{args[0]}' is nothing v4l2-probe does."),
        };
        json.WriteBoolean("ok", good);
        json.WriteEndObject();
    }

    Console.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
    return good ? 0 : 1;
}
catch (Exception failure) when (failure is VideoException or ArgumentException or Camfx.Posix.PosixException)
{
    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"v4l2-probe: {failure.Message}"));
    return failure is ArgumentException ? 2 : 1;
}
