using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.FFmpeg;
using Camfx.Posix;
using Camfx.Sinks.Queue;

namespace Camfx.Service.Objects;

/// <content>What callers ask of a camera.</content>
internal sealed partial class CameraObject
{
    protected override void AddEffect(MethodCall<ObjectPath> call, string kind, IReadOnlyDictionary<string, Variant> parameters, int position)
    {
        ImmutableSortedDictionary<string, string> read = ParameterText.Read(parameters);
        string id = "";
        Session.Change(
            record =>
            {
                id = EffectEdits.NextId(record);
                return EffectEdits.Add(record, kind, read, position);
            },
            failure => Answer(call, failure, () => ServicePaths.Effect(Session.Id, id)));
    }

    protected override void SetEffects(MethodCall call, (string Kind, IReadOnlyDictionary<string, Variant> Parameters)[] chain)
    {
        // Read at once for its mistakes; read again when its turn comes, for the chain may be another one then.
        _ = EffectEdits.SetAll(Session.Record, chain);
        Change(call, record => EffectEdits.SetAll(record, chain));
    }

    protected override void SetMode(MethodCall call, uint width, uint height, double rate, IReadOnlyDictionary<string, Variant> options)
    {
        string when = new OptionReader(options, "when").Text("when", "now");
        if (when is not ("now" or "idle")) throw BusException.InvalidArgument($"when is '{OptionReader.Short(when)}', expected now or idle.");
        CameraMode mode = OptionReader.Mode(width, height, rate);
        Change(call, record => record with { Mode = mode, ModeMayWait = when == "idle" });
    }

    protected override void Snapshot(MethodCall<FileDescriptor> call, string format, IReadOnlyDictionary<string, Variant> options)
    {
        _ = new OptionReader(options);
        ImageFormat wanted = format switch
        {
            "png" => ImageFormat.Png,
            "jpeg" => ImageFormat.Jpeg,
            _ => throw BusException.InvalidArgument($"The format is '{OptionReader.Short(format)}', expected png or jpeg."),
        };
        Session.TakePicture(wanted, (picture, failure) => _bus.Post(() =>
        {
            if (failure is not null)
            {
                call.Fail(ServiceErrors.Of(failure));
                return;
            }

            using (picture) call.Reply(picture!);
        }));
    }

    protected override void Calibrate(MethodCall call, IReadOnlyDictionary<string, Variant> options)
    {
        OptionReader read = new(options, "seconds", "delay");
        TimeSpan duration = read.Seconds("seconds", otherwise: 2, least: 0.5, most: 10), delay = read.Seconds("delay", otherwise: 1, least: 0, most: 30);
        Session.Calibrate(delay, duration, failure => _bus.Post(() => ServiceBus.Answer(call, failure)));
    }

    protected override void OpenQueue(
        MethodCall<(FileDescriptor Queue, FileDescriptor Control, IReadOnlyDictionary<string, Variant> Properties)> call, IReadOnlyDictionary<string, Variant> options)
    {
        string format = new OptionReader(options, "format").Text("format", "YU12");
        call.GetCredentials(who => QueueCalls.Open(call, Session, format, who.Error is null ? (int)who.Value.ProcessId : 0));
    }

    protected override void AddOutput(MethodCall<ObjectPath> call, string kind)
    {
        OptionReader.Checked(kind, "The output");
        ImmutableArray<string> kinds = [.. Session.Outputs.Select(static output => output.Kind)];
        Session.Change(
            record => record with { Outputs = OutputWords.With(record.Outputs, kinds, kind) },
            failure => Answer(call, failure, () => Outputs[^1]));
    }

    protected override void SetName(MethodCall call, string value)
    {
        string name = CameraName.Check(OptionReader.Checked(value, "The name"));
        _table.CheckName(name, Session);
        Change(call, record => record with { Name = name });
    }

    protected override void SetSource(MethodCall call, string value)
    {
        string source = SourceText.Check(value);
        Change(call, record => record with { Source = source });
    }

    protected override void SetWidth(MethodCall call, uint value) => ChangeMode(call, mode => OptionReader.Mode(value, (uint)mode.Height, mode.FrameRate.PerSecond));

    protected override void SetHeight(MethodCall call, uint value) => ChangeMode(call, mode => OptionReader.Mode((uint)mode.Width, value, mode.FrameRate.PerSecond));

    protected override void SetFrameRate(MethodCall call, double value) => ChangeMode(call, mode => OptionReader.Mode((uint)mode.Width, (uint)mode.Height, value));

    protected override void SetIdle(MethodCall call, string value)
    {
        IdleMode idle = IdleModeWords.Parse(OptionReader.Short(value));
        Change(call, record => record with { Idle = idle });
    }

    protected override void SetEnabled(MethodCall call, bool value)
    {
        // The privacy switch waits for nothing that is under way.
        if (!value) Session.SwitchOff();
        Change(call, record => record with { Enabled = value });
    }

    private void ChangeMode(MethodCall call, Func<CameraMode, CameraMode> change) =>
        Change(call, record => record with { Mode = change(record.Mode), ModeMayWait = false });

    private void Answer(MethodCall<ObjectPath> call, Exception? failure, Func<ObjectPath> made) => _bus.Post(() =>
    {
        Show();
        if (failure is null) call.Reply(made());
        else call.Fail(ServiceErrors.Of(failure));
    });

    /// <summary>Hears the end of every queue that was handed out, also of those that were while another bus was there.</summary>
    private void WatchQueues()
    {
        ImmutableArray<PassedQueue> queues = Session.Queues;
        foreach (PassedQueue gone in _watched.Keys.Where(queue => !queues.Contains(queue)).ToArray())
        {
            _watched.Remove(gone, out IDisposable? watch);
            watch!.Dispose();
        }

        foreach (PassedQueue queue in queues)
            if (!_watched.ContainsKey(queue)) _watched[queue] = _bus.WatchHangUp(queue.HangUp, () => EndQueue(queue));
    }

    private void EndQueue(PassedQueue queue)
    {
        // Before its descriptor is closed.
        if (_watched.Remove(queue, out IDisposable? watch)) watch.Dispose();
        Session.CloseQueue(queue);
    }

    protected override bool Invoke(string member, IncomingCall call) => ServiceErrors.Named(() => base.Invoke(member, call));

    protected override PropertyAccess Set(string name, Variant value, MethodCall call) => ServiceErrors.Named(() => base.Set(name, value, call));
}
