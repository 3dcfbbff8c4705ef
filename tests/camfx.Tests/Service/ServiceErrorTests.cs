using System.Diagnostics;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames.Queue;
using Camfx.Processes;
using Camfx.Service;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>Every error that data/dbus documents is what a client gets.</summary>
public sealed class ServiceErrorTests : IDisposable
{
    /// <summary>What no test can bring about on any machine: /dev itself would have to be unreadable.</summary>
    private const string Exempt = "Manager1.ListSources/Failed";

    /// <summary>Errors of arguments and of things that are not there, each by a call that must get it.</summary>
    private static readonly Dictionary<string, Action<ServiceFixture>> s_cases = new(StringComparer.Ordinal)
    {
        ["Manager1.CreateCamera/InvalidArgument"] = on => on.Root.CreateCamera("a/b", None),
        ["Manager1.CreateCamera/Busy"] = on => on.Root.CreateCamera("camfx", None),
        ["Manager1.CreateCamera/NotFound"] = on => on.Root.CreateCamera("n", With("source", "file:/nothing.mp4")),
        ["Manager1.CreateCamera/Unsupported"] = on => on.Root.CreateCamera("n", new Dictionary<string, Variant> { ["source"] = "test:bars", ["outputs"] = Words("device") }),
        ["Manager1.CreateCamera/NotPermitted"] = on => on.Root.CreateCamera("n", With("source", Forbidden(on))),
        ["Manager1.RemoveCamera/NotFound"] = on => on.Root.RemoveCamera("/org/camfx/Camfx1/cameras/nothing"),
        ["Camera1.AddEffect/InvalidArgument"] = on => on.Camera.AddEffect("nothing", None, -1),
        ["Camera1.AddEffect/NotFound"] = on => on.Camera.AddEffect("image", With("path", "/nothing.png"), -1),
        ["Camera1.AddEffect/NotPermitted"] = on => on.Camera.AddEffect("image", With("path", Forbidden(on)["image:".Length..]), -1),
        ["Camera1.SetEffects/InvalidArgument"] = on => on.Camera.SetEffects([("brightness", With("value", "very"))]),
        ["Camera1.SetEffects/NotFound"] = on => on.Camera.SetEffects([("mirror", None), ("image", With("path", "/nothing.png"))]),
        ["Camera1.SetEffects/NotPermitted"] = on => on.Camera.SetEffects([("image", With("path", Forbidden(on)["image:".Length..]))]),
        ["Camera1.SetMode/InvalidArgument"] = on => on.Camera.SetMode(321, 240, 30, None),
        ["Camera1.SetMode/Busy"] = on => on.Camera.SetMode(640, 480, 30, None),
        ["Camera1.Snapshot/InvalidArgument"] = on => on.Camera.Snapshot("gif", None).Dispose(),
        ["Camera1.Calibrate/InvalidArgument"] = on => on.Camera.Calibrate(new Dictionary<string, Variant> { ["seconds"] = 0.1 }),
        ["Camera1.OpenQueue/InvalidArgument"] = on => on.Camera.OpenQueue(With("nothing", "x")),
        ["Camera1.OpenQueue/Unsupported"] = on => on.Camera.OpenQueue(With("format", "MJPG")),
        ["Camera1.AddOutput/InvalidArgument"] = on => on.Camera.AddOutput("nothing"),
        ["Camera1.AddOutput/Busy"] = on => on.Camera.AddOutput("queue"),
        ["Camera1.Name/InvalidArgument"] = on => on.Camera.SetName(new string('n', 32)),
        ["Camera1.Source/InvalidArgument"] = on => on.Camera.SetSource("file:clip.mp4"),
        ["Camera1.Source/NotFound"] = on => on.Camera.SetSource("file:/nothing.mp4"),
        ["Camera1.Source/NotPermitted"] = on => on.Camera.SetSource(Forbidden(on)),
        ["Camera1.Width/InvalidArgument"] = on => on.Camera.SetWidth(15),
        ["Camera1.Width/Busy"] = on => on.Camera.SetWidth(640),
        ["Camera1.Height/InvalidArgument"] = on => on.Camera.SetHeight(100_000),
        ["Camera1.Height/Busy"] = on => on.Camera.SetHeight(480),
        ["Camera1.FrameRate/InvalidArgument"] = on => on.Camera.SetFrameRate(double.NaN),
        ["Camera1.FrameRate/Busy"] = on => on.Camera.SetFrameRate(60),
        ["Camera1.Idle/InvalidArgument"] = on => on.Camera.SetIdle("sometimes"),
        ["Effect1.Move/InvalidArgument"] = on => on.Effect.Move(2),
        ["Effect1.Parameters/InvalidArgument"] = on => on.Effect.SetParameters(With("nothing", "1")),
    };

    private static readonly string[] s_apart =
    [
        "Manager1.CreateCamera/LimitReached", "Manager1.CreateCamera/Failed", "Manager1.RemoveCamera/Failed", "Camera1.Name/Busy", "Camera1.AddOutput/Unsupported",
        "Camera1.Snapshot/LimitReached", "Camera1.OpenQueue/LimitReached", "Camera1.OpenQueue/Failed", "Camera1.Snapshot/Failed",
        "Camera1.Calibrate/Busy", "Camera1.Calibrate/Failed",
        "Effect1.Parameters/NotFound", "Effect1.Parameters/NotPermitted",
    ];

    private readonly ServiceFixture _on = new();

    private static Dictionary<string, Variant> None => [];

    public void Dispose() => _on.Dispose();

    [Fact]
    public void No_documented_error_is_left_out()
    {
        HashSet<string> tried = [.. s_cases.Keys, .. s_apart, Exempt];
        tried.UnionWith(MemberCalls.All.Keys.Intersect(DocumentedErrors.With("Failed")).Select(static member => member + "/Failed"));
        tried.UnionWith(MemberCalls.All.Keys.Intersect(DocumentedErrors.With("LimitReached")).Select(static member => member + "/LimitReached"));
        tried.UnionWith(MemberCalls.All.Keys.Intersect(DocumentedErrors.With("NotFound")).Where(static member => !member.StartsWith("Camera1", StringComparison.Ordinal))
            .Select(static member => member + "/NotFound"));

        Assert.Equal(DocumentedErrors.All().Order(StringComparer.Ordinal), tried.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void A_wrong_argument_gets_the_error_that_is_documented()
    {
        using FrameQueueConnection watcher = _on.Service.Watch();
        List<string> wrong = [];
        foreach ((string key, Action<ServiceFixture> call) in s_cases)
        {
            if (ProcessOwner.UserId == 0 && key.EndsWith("/NotPermitted", StringComparison.Ordinal)) continue; // Who may do everything is forbidden nothing.
            string got = ErrorOf(() => call(_on));
            if (got != NameOf(key)) wrong.Add($"{key}: {got}");
        }

        Assert.Empty(wrong);
        _on.Camera.Refresh();
        Assert.Equal(("camfx", "test:counter", 320u, 2), (_on.Camera.Name, _on.Camera.Source, _on.Camera.Width, _on.Camera.Effects.Length));
    }

    [SkippableFact]
    public void What_cannot_be_saved_is_answered_with_Failed()
    {
        _on.Root.CreateCamera("second", Small);
        Directory.Move(Path.GetDirectoryName(_on.Service.StateFile)!, _on.Service.Folder + "/away");
        File.WriteAllText(Path.GetDirectoryName(_on.Service.StateFile)!, "in the way");

        Dictionary<string, BusException?> answers = MemberCalls.Answers(_on, MemberCalls.All.Keys.Intersect(DocumentedErrors.With("Failed")));
        Assert.Empty(answers.Where(static answer => answer.Value?.Name != BusErrors.Failed).Select(static answer => $"{answer.Key}: {answer.Value?.Message}"));
        Assert.Contains("cannot be saved", answers["Camera1.Idle"]!.Message, StringComparison.Ordinal);
        Assert.Equal(BusErrors.Failed, ErrorOf(() => _on.Root.CreateCamera("third", Small)));
        Assert.Equal(BusErrors.Failed, ErrorOf(() => _on.Root.RemoveCamera(ServicePaths.Camera("second"))));
    }

    [SkippableFact]
    public void More_calls_than_may_wait_are_refused_and_what_is_gone_is_not_found()
    {
        // Thirty large pictures take a while to read: everything behind them waits.
        string picture = Picture(1280, 720);
        _on.Camera.SetEffectsAsync([("mirror", None), ("brightness", None), .. Enumerable.Repeat(("image", (IReadOnlyDictionary<string, Variant>)With("path", picture)), 30)], static _ => { });
        _on.Effect.RemoveAsync(static _ => { });
        _on.Output.RemoveAsync(static _ => { });
        string[] gone = ["Effect1.Move", "Effect1.Enabled", "Effect1.Parameters", "Effect1.Remove", "Output1.Remove"];
        Dictionary<string, BusException?> late = [], many = [];
        foreach (string member in gone) MemberCalls.All[member](_on, error => late[member] = error);

        // Several times: when the first one begins, there is room for one more.
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < (round == 0 ? CameraSession.MostWaiting : 10); i++) _on.Camera.SetIdleAsync("on-demand", static _ => { });
            _on.Camera.Refresh();
        }

        many = MemberCalls.Answers(_on, MemberCalls.All.Keys.Intersect(DocumentedErrors.With("LimitReached")));
        Assert.Empty(many.Where(static answer => answer.Value?.Name != BusErrors.LimitReached).Select(static answer => $"{answer.Key}: {answer.Value?.Message}"));

        Waiting.Until(_on.Bus, () => late.Count == gone.Length, "answers of those behind the pictures");
        Assert.Empty(late.Where(static answer => answer.Value?.Name != BusErrors.NotFound).Select(static answer => $"{answer.Key}: {answer.Value?.Message}"));
    }

    [SkippableFact]
    public void There_are_limits()
    {
        for (int i = 1; i < CameraTable.MostCameras; i++) _on.Root.CreateCamera($"c{i}", Small);
        Assert.Equal(BusErrors.LimitReached, ErrorOf(() => _on.Root.CreateCamera("one more", Small)));
        Assert.Equal(BusErrors.Busy, ErrorOf(() => _on.Camera.SetName("c1")));
        Assert.Equal(BusErrors.LimitReached, ErrorOf(() => _on.Camera.SetEffects([.. Enumerable.Repeat(("mirror", (IReadOnlyDictionary<string, Variant>)None), 33)])));
        Assert.Equal(BusErrors.Unsupported, ErrorOf(() => _on.Camera.AddOutput("device")));
        var queues = Enumerable.Range(0, 3).Select(_ => _on.Camera.OpenQueue(None)).ToList();
        Assert.Equal(BusErrors.LimitReached, ErrorOf(() => _on.Camera.OpenQueue(None)));
        foreach (var queue in queues) Close(queue);
        Waiting.Until(_on.Bus, NobodyWatches, "the end of the queues");
        Assert.Equal(BusErrors.NotFound, ErrorOf(() => new Effect1Proxy(_on.Bus, ServicePaths.BusName, Image()).SetParameters(With("path", "/nothing.png"))));

        // A frame answers four at most, and these come at once: most are refused before there is one.
        _on.Camera.SetSource("queue:nobody");
        List<BusException?> answers = [];
        for (int i = 0; i < 100; i++) _on.Camera.SnapshotAsync("png", None, reply => answers.Add(reply.Error));
        Waiting.Until(_on.Bus, () => answers.Count == 100, "an answer to each");
        Assert.Contains(answers, static answer => answer?.Name == BusErrors.LimitReached);
        Assert.All(answers, static answer => Assert.Contains(answer?.Name, new[] { BusErrors.LimitReached, BusErrors.Failed }));
        BusException refused = Assert.Throws<BusException>(() => _on.Camera.Snapshot("png", None));
        Assert.Equal(BusErrors.Failed, refused.Name);
        Assert.Contains("nobody", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_queue_without_descriptors_for_it_is_answered_with_Failed()
    {
        // Those that are open stay so; one more cannot be had.
        BuiltCamfx.Result done = await BuiltCamfx.RunProgramAsync("/usr/bin/prlimit", $"--pid={_on.Service.ProcessId}", "--nofile=3:");
        Assert.True(done.ExitCode == 0, done.Errors);
        BusException refused = Assert.Throws<BusException>(() => _on.Camera.OpenQueue(None));
        Assert.Equal(BusErrors.Failed, refused.Name);
        Assert.Contains("EMFILE", refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, Variant> Small => new()
    {
        ["source"] = "test:bars",
        ["width"] = 32u,
        ["height"] = 32u,
        ["outputs"] = Words("queue"),
    };

    private static Variant Words(params string[] words) => Variant.Of(BusType.Array(BusType.String), words);

    private static Dictionary<string, Variant> With(string key, Variant value) => new() { [key] = value };

    private static string NameOf(string key) => "org.camfx.Error." + key.Split('/')[1];

    private static string ErrorOf(Action call) => Record.Exception(call) is BusException error ? error.Name : "no error";

    private static string ErrorOf<T>(Func<T> call) => ErrorOf(() => { call(); });

    private static void Close((Posix.FileDescriptor Queue, Posix.FileDescriptor Control, IReadOnlyDictionary<string, Variant> Properties) queue)
    {
        queue.Queue.Dispose();
        queue.Control.Dispose();
        ((Posix.FileDescriptor)queue.Properties["socket"].Value).Dispose();
    }

    private bool NobodyWatches()
    {
        _on.Camera.Refresh();
        return _on.Camera.Consumers.Length == 0;
    }

    /// <summary>An effect with a picture that is there.</summary>
    private ObjectPath Image() => _on.Camera.AddEffect("image", With("path", Picture(64, 64)), -1);

    /// <summary>A file with a picture.</summary>
    private string Picture(uint width, uint height)
    {
        string path = Path.Combine(_on.Service.Folder, "picture.png");
        _on.Camera.SetSource("test:noise");
        _on.Camera.SetMode(width, height, 30, None);
        using Posix.FileDescriptor taken = _on.Camera.Snapshot("png", None);
        File.Copy($"/proc/self/fd/{taken.Number}", path);
        return path;
    }

    /// <summary>A file that its owner forbade everybody.</summary>
    private static string Forbidden(ServiceFixture on)
    {
        string path = Path.Combine(on.Service.Folder, "forbidden.png");
        File.WriteAllText(path, "");
        using Process chmod = Process.Start("/bin/chmod", ["000", path]);
        chmod.WaitForExit();
        return $"image:{path}";
    }
}
