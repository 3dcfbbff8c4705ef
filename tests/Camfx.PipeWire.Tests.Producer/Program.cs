using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Camfx.Frames;
using Camfx.PipeWire;
using Camfx.PipeWire.Tests.Producer;

// pipewire-producer [WIDTHxHEIGHT [FPS [FORMAT,FORMAT…]]]   a counter camera until Ctrl-C; tells what happens, one line each
// pipewire-producer allocations [WIDTHxHEIGHT [FPS]]         the same, and what all its threads allocated, one line a hundred frames
bool countsAllocations = args is ["allocations", ..];
if (countsAllocations) args = args[1..];
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
while (countsAllocations && !end.IsSet) Console.WriteLine($"allocated {AllocatedByHundredFrames()}");
end.Wait();
Console.WriteLine($"{Time()} {camera.Node.Statistics} cpu={Environment.CpuUsage.TotalTime.TotalSeconds:0.00}s");

static string Time() => DateTime.UtcNow.ToString("HH:mm:ss.fff");

long AllocatedByHundredFrames()
{
    long before = GC.GetTotalAllocatedBytes(precise: true), sent = camera.Node.Statistics.Sent;
    while (!end.IsSet && camera.Node.Statistics.Sent < sent + 100) Thread.Sleep(20);
    return GC.GetTotalAllocatedBytes(precise: true) - before;
}

void End(PosixSignalContext context)
{
    context.Cancel = true;
    end.Set();
}
