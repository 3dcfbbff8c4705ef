using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Camfx.Frames;
using Camfx.PipeWire;
using Camfx.PipeWire.Tests.Producer;

// pipewire-producer [WIDTHxHEIGHT [FPS [FORMAT,FORMAT…]]]   a counter camera until Ctrl-C; tells what happens, one line each
string[] size = (args.Length > 0 ? args[0] : "640x480").Split('x');
int rate = args.Length > 1 ? int.Parse(args[1]) : 30;
CameraNodeOptions options = new("camfx-test", "camfx test", int.Parse(size[0]), int.Parse(size[1]), rate);
if (args.Length > 2) options = options with { Formats = [.. args[2].Split(',').Select(PixelFormatInfo.FromName)] };

using CounterCamera camera = new(options);
camera.Node.StatusChanged += (_, _) => Console.WriteLine($"{Time()} {camera.Node.Status}");
camera.Node.ConsumersChanged += (_, _) => Console.WriteLine($"{Time()} consumers: {string.Join(", ", camera.Node.Consumers)}");
camera.Start();

using ManualResetEventSlim end = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
end.Wait();
Console.WriteLine($"{Time()} {camera.Node.Statistics} cpu={Environment.CpuUsage.TotalTime.TotalSeconds:0.00}s");

static string Time() => DateTime.UtcNow.ToString("HH:mm:ss.fff");

void End(PosixSignalContext context)
{
    context.Cancel = true;
    end.Set();
}
