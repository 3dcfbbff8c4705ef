using System.Runtime.InteropServices;
using Camfx.DBus;
using Camfx.Helper.Backends;
using Camfx.Helper.Persistence;
using Camfx.Helper.Service;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper;

/// <summary>camfx-helper: owns devices on the system bus until it is told to end. Exit status 0: it ended as told, or wants to be started anew; 1: it cannot run.</summary>
internal static class Program
{
    private const string DefaultFolder = "/run/camfx-helper";
    private const string DefaultModules = "/lib/modules";

    internal static int Main(string[] arguments)
    {
        if (arguments is ["--version"])
        {
            Console.Out.WriteLine($"camfx-helper {HelperObject.ProgramVersion}");
            return 0;
        }

        if (arguments.Length > 0)
        {
            Console.Error.WriteLine("camfx-helper: it takes no arguments but --version; systemd starts it (camfx-helper.service).");
            return 2;
        }

        try
        {
            Run();
            return 0;
        }
        catch (Exception failure) when (failure is BusException or PosixException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"camfx-helper: {failure.Message}");
            return 1;
        }
    }

    private static void Run()
    {
        using Systemd systemd = Systemd.Connect(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));
        Dictionary<string, FileDescriptor> kept = Systemd.TakeInherited(Environment.GetEnvironmentVariable);
        string folder = Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY") is { Length: > 0 } runtime ? runtime : DefaultFolder;
        Directory.CreateDirectory(folder);
        using Bus bus = Bus.OpenSystem();
        using BusLoop loop = new(bus);
        HelperService service = new(loop, Backends(), systemd, new StateFile(folder), static text => Console.Error.WriteLine($"camfx-helper: {text}"));
        bool told = false;
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        try
        {
            service.Restore(kept);
            service.Offer();
            systemd.Ready();
            loop.Run();
            if (told && systemd.IsThere && UnitJob.Ask(bus) == UnitJob.Stop) service.RemoveAll();
            bus.Flush();
        }
        finally
        {
            systemd.Stopping();
            service.Leave();
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            told = true;
            loop.Stop();
        }
    }

    private static IReadOnlyList<IBackend> Backends() =>
    [
        new LoopbackBackend(new LoopbackSystem(Environment.GetEnvironmentVariable("CAMFX_MODULES") is { Length: > 0 } modules ? modules : DefaultModules)),
        new AkvcamBackend(new AkvcamSystem(), OpenNode),
        new OutputBackend(static () => VideoNodes.List(), OpenNode),
        new NoneBackend(),
    ];

    private static VideoFile OpenNode(string path, FileDescriptor? kept) => kept is null ? VideoFile.Open(path) : VideoFile.Adopt(kept, path);
}
