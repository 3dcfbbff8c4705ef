using System.Diagnostics;
using System.Globalization;

namespace Camfx.Frames.Tests.Queue;

/// <summary>A producer in another process: the C one, built with gcc and its checks of memory and undefined behaviour, or the Python one.</summary>
internal sealed class ForeignProducer : IDisposable
{
    private static readonly Lazy<string?> s_program = new(() => ForeignReader.Build("queue-producer", "-fsanitize=address,undefined", "-fno-sanitize-recover"));

    private static readonly Lazy<string?> s_armProgram = new(() => ForeignReader.BuildForArm("queue-producer"));

    private readonly Process _process;

    private ForeignProducer(string command, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        if (_process.StandardOutput.ReadLine() == "ready") return;
        string reason = _process.StandardError.ReadToEnd().Trim();
        Dispose();
        throw new InvalidOperationException(reason);
    }

    public int Id => _process.Id;

    /// <summary>Starts one, or skips the test where the machine cannot.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message is what it said.</exception>
    public static ForeignProducer Start(string language, string path, int width = 64, int height = 48, int leases = 6)
    {
        string[] arguments = [path, $"{width}", $"{height}", $"{leases}"];
        if (language == "C")
        {
            Skip.IfNot(ForeignReader.HasCompiler, "gcc is not installed");
            return new ForeignProducer(s_program.Value!, arguments);
        }

        if (language == "C for arm64")
        {
            Skip.IfNot(ForeignReader.HasArm, "gcc-aarch64-linux-gnu or qemu-user is not installed");
            return new ForeignProducer(ForeignReader.ArmEmulator, [s_armProgram.Value!, .. arguments]);
        }

        Skip.IfNot(ForeignReader.HasPython, "python3 (3.9 or later) is not installed");
        string script = Path.Combine(ForeignReader.Root, "tests/Camfx.Frames.Tests/Native/produce_queue.py");
        return new ForeignProducer("python3", [script, Path.Combine(ForeignReader.Root, "sdk/python"), .. arguments]);
    }

    /// <summary>Publishes so many frames and returns when they are published.</summary>
    public void Publish(int frames = 1) => Do($"publish {frames}");

    /// <summary>Publishes frames as fast as it can, until it is killed.</summary>
    public void Run() => Write("run");

    /// <summary>Takes a slot and draws into it, but does not publish it.</summary>
    public void Begin() => Do("begin");

    public void Abandon() => Do("abandon");

    public void Change(int width, int height) => Do($"change {width} {height}");

    public void Close() => Do("close");

    /// <summary>What it says about itself: sequence, revoked, consumers, free.</summary>
    public int Ask(string what)
    {
        string[] words = Do("stats").Split(' ');
        return int.Parse(words[Array.IndexOf(words, what) + 1], CultureInfo.InvariantCulture);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Do(string command)
    {
        Write(command);
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The producer ended: " + _process.StandardError.ReadToEnd());
    }

    private void Write(string command)
    {
        _process.StandardInput.Write(command + "\n");
        _process.StandardInput.Flush();
    }
}
