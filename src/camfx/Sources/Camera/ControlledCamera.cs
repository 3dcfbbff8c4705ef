using System.Globalization;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>A camera whose controls are looked at or set. Somebody else may be streaming from it meanwhile.</summary>
internal sealed class ControlledCamera : IDisposable
{
    private readonly IVideoFile _file;
    private readonly VideoControls _controls;
    private readonly ControlStore _store;

    private ControlledCamera(VideoNode node, IVideoFile file, ControlStore store)
    {
        Node = node;
        _file = file;
        _controls = new VideoControls(file);
        _store = store;
    }

    public VideoNode Node { get; }

    /// <summary>Every control there is, with the flags of this moment.</summary>
    public IReadOnlyList<VideoControl> List() => Translated(_controls.List);

    /// <summary>Opens the camera an address means.</summary>
    /// <exception cref="CamfxException">It is not there, or may not be opened.</exception>
    public static ControlledCamera Open(CaptureAddress address, IVideoDevices devices, ControlStore store)
    {
        VideoNode node = CaptureOpening.Node(devices, address.Name)
            ?? throw new CamfxException(ExitCode.NoSuchThing, CaptureSentences.NotThere(address.Name));
        return Translated(() => new ControlledCamera(node, devices.Open(node.Path), store));
    }

    /// <summary>A control's value; null where it has none to be read.</summary>
    public long? Value(VideoControl control)
    {
        if (control.Type == VideoControlType.Button || control.Flags.HasFlag(VideoControlFlags.WriteOnly)) return null;
        try
        {
            return _controls.Get(control);
        }
        catch (VideoException failure) when (failure.Failure != VideoFailure.Gone)
        {
            return null;
        }
    }

    /// <summary>Sets controls, each as KEY=VALUE, and keeps them. All are looked at before the first is set.</summary>
    /// <exception cref="CamfxException">There is no such control or value, or the camera refuses it.</exception>
    public void Set(IEnumerable<string> pairs)
    {
        IReadOnlyList<VideoControl> controls = List();
        var wanted = new List<(VideoControl Control, long Value)>();
        foreach (string pair in pairs) wanted.Add(Read(controls, pair));
        var kept = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((VideoControl control, long value) in wanted)
        {
            Translated(() =>
            {
                _controls.Set(control, value);
                return true;
            });
            if (control.IsSetting) kept[control.Key] = value;
        }

        if (kept.Count > 0) _store.Save(Node, kept);
    }

    /// <summary>Sets every control to its default and forgets what was kept.</summary>
    /// <exception cref="CamfxException">The camera is gone, or refuses some.</exception>
    public void Reset()
    {
        _store.Forget(Node);
        IReadOnlyList<string> refused = Translated(_controls.Reset);
        List<string> settable = [.. refused.Where(key => List().Any(control => control.Key == key && !control.Flags.HasFlag(VideoControlFlags.Inactive)))];
        if (settable.Count > 0)
            throw new CamfxException(ExitCode.Failed, $"The camera '{Node.Card}' keeps its own value of {string.Join(", ", settable)}; all others were reset.");
    }

    public void Dispose() => _file.Dispose();

    private (VideoControl Control, long Value) Read(IReadOnlyList<VideoControl> controls, string pair)
    {
        int equals = pair.IndexOf('=');
        string key = equals > 0 ? pair[..equals] : pair, text = equals > 0 ? pair[(equals + 1)..] : "";
        VideoControl control = controls.FirstOrDefault(candidate => string.Equals(candidate.Key, key, StringComparison.OrdinalIgnoreCase))
            ?? throw new CamfxException(ExitCode.NoSuchThing, $"The camera '{Node.Card}' has no control '{key}'; 'camfx source controls' lists those it has.");
        if (equals <= 0 && control.Type != VideoControlType.Button)
            throw CamfxException.Usage($"'{pair}' is not KEY=VALUE; write for example {control.Key}={control.Default}.");
        if (control.Flags.HasFlag(VideoControlFlags.ReadOnly))
            throw new CamfxException(ExitCode.Failed, $"'{control.Key}' of the camera '{Node.Card}' can only be read.");
        long? value = Number(control, text);
        return value is { } number && control.Allows(number)
            ? (control, number)
            : throw CamfxException.Usage($"'{control.Key}' cannot be '{text}'; it takes {ControlRange.Of(control)}.");
    }

    private static long? Number(VideoControl control, string text)
    {
        if (control.Type == VideoControlType.Button) return 0;
        if (string.Equals(text, "default", StringComparison.OrdinalIgnoreCase)) return control.Default;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return number;
        if (control.Type == VideoControlType.Boolean)
            return text.ToLowerInvariant() switch { "on" or "yes" or "true" => 1, "off" or "no" or "false" => 0, _ => null };
        return control.Choices.FirstOrDefault(choice => string.Equals(choice.Name, text, StringComparison.OrdinalIgnoreCase))?.Index;
    }

    private static T Translated<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (VideoException failure)
        {
            throw CaptureSentences.Refusal(failure);
        }
    }
}
