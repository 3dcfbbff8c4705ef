using System.Globalization;
using System.Text;
using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>The controls of an open node: brightness, exposure, focus … Those with one value; texts, arrays and structures are left out.</summary>
/// <remarks>Thread-safe as far as the driver is. A capture that runs does not mind.</remarks>
public sealed unsafe class VideoControls
{
    private const int MostControls = 1024;
    private readonly IVideoFile _file;

    /// <summary>Uses an open node, which stays the caller's.</summary>
    public VideoControls(IVideoFile file) => _file = file;

    /// <summary>Every control there is, in the driver's order. Flags such as <see cref="VideoControlFlags.Inactive"/> are those of this moment.</summary>
    /// <exception cref="VideoException">Gone.</exception>
    public IReadOnlyList<VideoControl> List()
    {
        List<VideoControl> controls = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        uint id = 0;
        for (int count = 0; count < MostControls; count++)
        {
            v4l2_query_ext_ctrl query = new() { id = id | V4L2_CTRL_FLAG_NEXT_CTRL };
            int result = _file.Send(VIDIOC_QUERY_EXT_CTRL, ref query);
            if (result < 0)
            {
                if (VideoException.Kind(-result) == VideoFailure.Gone) throw VideoException.FromErrno(-result, "list the controls of", _file.Path);
                break; // EINVAL: that was the last; ENOTTY: it has none.
            }

            if (query.id <= id) break;
            id = query.id;
            if (Describe(query) is { } control && keys.Add(control.Key)) controls.Add(control);
        }

        return controls;
    }

    /// <summary>The control of this key, or of the driver's name for it; null: there is none.</summary>
    /// <exception cref="VideoException">Gone.</exception>
    public VideoControl? Find(string key)
    {
        string wanted = KeyOf(key);
        return List().FirstOrDefault(control => control.Key == wanted);
    }

    /// <summary>A control's value.</summary>
    /// <exception cref="VideoException">NotPermitted: it cannot be read. Gone.</exception>
    public long Get(VideoControl control)
    {
        int result = Exchange(VIDIOC_G_EXT_CTRLS, control, 0, out long value);
        return result >= 0 ? value : throw VideoException.FromErrno(-result, $"read '{control.Key}' of", _file.Path);
    }

    /// <summary>Sets a control.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the control's.</exception>
    /// <exception cref="VideoException">NotPermitted: it cannot be set. Busy: another program holds it, or it cannot change while frames flow. Gone.</exception>
    public void Set(VideoControl control, long value)
    {
        if (!control.Allows(value))
        {
            string range = control.Choices.Count > 0
                ? string.Join(", ", control.Choices.Select(choice => $"{choice.Index} ({choice.Name})"))
                : control.Step > 1 ? $"{control.Minimum} to {control.Maximum} in steps of {control.Step}" : $"{control.Minimum} to {control.Maximum}";
            throw new ArgumentOutOfRangeException(nameof(value), value, $"'{control.Key}' takes {range}; got {value}.");
        }

        int result = Exchange(VIDIOC_S_EXT_CTRLS, control, value, out _);
        if (result < 0) throw VideoException.FromErrno(-result, $"set '{control.Key}' of", _file.Path);
    }

    /// <summary>Sets a control to its default.</summary>
    /// <inheritdoc cref="Set"/>
    public void Reset(VideoControl control) => Set(control, control.Default);

    /// <summary>Sets every setting to its default.</summary>
    /// <returns>Keys of those that refused.</returns>
    /// <exception cref="VideoException">Gone.</exception>
    public IReadOnlyList<string> Reset() =>
        Restore(List().Where(control => control.IsSetting).ToDictionary(control => control.Key, control => control.Default, StringComparer.Ordinal));

    /// <summary>The values of all settings, to be restored later.</summary>
    /// <exception cref="VideoException">Gone.</exception>
    public IReadOnlyDictionary<string, long> Save()
    {
        Dictionary<string, long> values = new(StringComparer.Ordinal);
        foreach (VideoControl control in List())
        {
            // What the device moves by itself is no setting of the user's.
            if (!control.IsSetting || (control.Flags & VideoControlFlags.Volatile) != VideoControlFlags.None) continue;
            int result = Exchange(VIDIOC_G_EXT_CTRLS, control, 0, out long value);
            if (result >= 0) values[control.Key] = value;
            else if (VideoException.Kind(-result) == VideoFailure.Gone) throw VideoException.FromErrno(-result, "read the controls of", _file.Path);
        }

        return values;
    }

    /// <summary>
    /// Sets many controls. Some accept a value only when another (automatic exposure, say) has been set, in an order no driver tells: what is
    /// refused is tried again after the others. Values that are not allowed any more become the nearest that are.
    /// </summary>
    /// <returns>Keys of those that refused, or are not there.</returns>
    /// <exception cref="VideoException">Gone.</exception>
    public IReadOnlyList<string> Restore(IReadOnlyDictionary<string, long> values)
    {
        List<string> refused = [.. values.Keys];
        for (int round = 0; round < 3 && refused.Count > 0; round++)
        {
            int before = refused.Count;
            // Anew each time: setting one control changes what holds of another.
            foreach (VideoControl control in List())
            {
                if (!refused.Contains(control.Key) || !control.IsSetting) continue;
                bool idle = (control.Flags & VideoControlFlags.Inactive) != VideoControlFlags.None;
                if (idle && round == 0) continue;
                int result = Exchange(VIDIOC_S_EXT_CTRLS, control, control.Nearest(values[control.Key]), out _);
                if (result >= 0) refused.Remove(control.Key);
                else if (VideoException.Kind(-result) == VideoFailure.Gone) throw VideoException.FromErrno(-result, "set the controls of", _file.Path);
            }

            if (refused.Count == before && round > 0) break;
        }

        return refused;
    }

    /// <summary>A name as users type it: "White Balance, Automatic" is <c>white_balance_automatic</c>.</summary>
    internal static string KeyOf(string name)
    {
        StringBuilder key = new(name.Length);
        foreach (char character in name)
        {
            if (char.IsAsciiLetterOrDigit(character)) key.Append(char.ToLowerInvariant(character));
            else if (key.Length > 0 && key[^1] != '_') key.Append('_');
        }

        return key.ToString().TrimEnd('_');
    }

    private VideoControl? Describe(v4l2_query_ext_ctrl query)
    {
        if ((query.flags & V4L2_CTRL_FLAG_DISABLED) != 0 || query.nr_of_dims > 0 || !Enum.IsDefined((VideoControlType)query.type)) return null;
        string name = VideoRequests.Text(query.name, 32);
        string key = KeyOf(name);
        if (key.Length == 0) return null;
        var type = (VideoControlType)query.type;
        return new VideoControl(
            query.id, key, name, type, query.minimum, query.maximum, (long)Math.Min(query.step, long.MaxValue), query.default_value,
            (VideoControlFlags)query.flags, type is VideoControlType.Menu or VideoControlType.IntegerMenu ? Choices(query, type) : []);
    }

    private List<VideoControlChoice> Choices(v4l2_query_ext_ctrl query, VideoControlType type)
    {
        List<VideoControlChoice> choices = [];
        long last = Math.Min(query.maximum, query.minimum + MostControls);
        for (long index = Math.Max(query.minimum, 0); index <= last; index++)
        {
            v4l2_querymenu menu = new() { id = query.id, index = (uint)index };
            if (_file.Send(VIDIOC_QUERYMENU, ref menu) < 0) continue; // A menu may have holes.
            string name = type == VideoControlType.Menu ? VideoRequests.Text(menu.name, 32) : menu.value.ToString(CultureInfo.InvariantCulture);
            choices.Add(new VideoControlChoice((int)index, name));
        }

        return choices;
    }

    private int Exchange(uint request, VideoControl control, long value, out long answer)
    {
        v4l2_ext_control one = new() { id = control.Id };
        bool wide = control.Type == VideoControlType.Integer64;
        if (wide) one.value64 = value;
        else one.value = (int)value;
        v4l2_ext_controls all = new() { which = V4L2_CTRL_WHICH_CUR_VAL, count = 1, controls = &one };
        int result = _file.Send(request, ref all);
        // Bits are unsigned.
        answer = wide ? one.value64 : control.Type == VideoControlType.Bitmask ? (uint)one.value : one.value;
        if (result != -Errno.ENOTTY || wide) return result;

        // A driver without the newer request.
        v4l2_control plain = new() { id = control.Id, value = (int)value };
        result = _file.Send(request == VIDIOC_S_EXT_CTRLS ? VIDIOC_S_CTRL : VIDIOC_G_CTRL, ref plain);
        answer = plain.value;
        return result;
    }
}
