using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Fake;

/// <summary>An open file of a played camera.</summary>
internal sealed unsafe class FakeCameraFile(FakeCamera camera) : FakeQueueFile(camera)
{
    protected override uint Direction => Queue.IsMultiPlanar ? V4L2_CAP_VIDEO_CAPTURE_MPLANE : V4L2_CAP_VIDEO_CAPTURE;

    internal override PollEvents Ready()
    {
        if (camera.Newest is not null && Queue.Count == 0) return PollEvents.Readable;
        if (!Queue.Streaming && Queue.Count > 0) return PollEvents.Error;
        return Queue.AnyDone ? PollEvents.Readable : PollEvents.None;
    }

    internal override int OnEnumerateSizes(ref v4l2_frmsizeenum size)
    {
        if ((camera.Quirks & CameraQuirks.NoSizes) != 0) return -Errno.ENOTTY;
        int result = base.OnEnumerateSizes(ref size);
        if (result >= 0 && (camera.Quirks & CameraQuirks.ZeroSizes) != 0) (size.min_width, size.max_width) = (0, 0);
        return result;
    }

    internal override int OnEnumerateIntervals(ref v4l2_frmivalenum interval)
    {
        int result = base.OnEnumerateIntervals(ref interval);
        if ((camera.Quirks & CameraQuirks.ZeroIntervals) != 0) interval.min = default;
        return result;
    }

    internal override int OnGetParameters(ref v4l2_streamparm parameters) =>
        (camera.Quirks & CameraQuirks.HasNoRate) != 0 ? -Errno.ENOTTY : base.OnGetParameters(ref parameters);

    internal override int OnSetParameters(ref v4l2_streamparm parameters) =>
        (camera.Quirks & CameraQuirks.HasNoRate) != 0 ? -Errno.ENOTTY
        : (camera.Quirks & CameraQuirks.RefusesRate) != 0 ? -Errno.EINVAL
        : base.OnSetParameters(ref parameters);

    internal override long OnRead(byte* buffer, long length)
    {
        if (!camera.Memories.Contains(MemoryType.ReadWrite)) return -Errno.EINVAL;
        if (Queue.Count > 0) return -Errno.EBUSY;
        if (camera.Newest is not { } frame) return -Errno.EAGAIN;
        camera.Newest = null;
        long count = Math.Min(length, Queue.Shape.Size);
        var target = new Span<byte>(buffer, (int)count);
        if (frame.Length == 1) target.Fill(frame[0]);
        else frame.AsSpan(0, Math.Min(frame.Length, target.Length)).CopyTo(target);
        return count;
    }

    internal override int OnOther(uint request, void* argument) => request switch
    {
        VIDIOC_QUERY_EXT_CTRL => Query((v4l2_query_ext_ctrl*)argument),
        VIDIOC_QUERYMENU => Menu((v4l2_querymenu*)argument),
        VIDIOC_G_EXT_CTRLS => Exchange((v4l2_ext_controls*)argument, set: false),
        VIDIOC_S_EXT_CTRLS => Exchange((v4l2_ext_controls*)argument, set: true),
        _ => -Errno.ENOTTY,
    };

    private int Query(v4l2_query_ext_ctrl* query)
    {
        bool next = (query->id & V4L2_CTRL_FLAG_NEXT_CTRL) != 0;
        uint id = query->id & ~V4L2_CTRL_FLAG_NEXT_CTRL;
        FakeControl? control = next
            ? camera.Controls.Where(one => one.Id > id).MinBy(one => one.Id)
            : camera.Controls.FirstOrDefault(one => one.Id == id);
        if (control is null) return -Errno.EINVAL;
        *query = new v4l2_query_ext_ctrl
        {
            id = control.Id,
            type = (uint)control.Type,
            minimum = control.Minimum,
            maximum = control.Maximum,
            step = (ulong)control.Step,
            default_value = control.Default,
            flags = (uint)Flags(control),
            elems = 1,
            elem_size = 4,
        };
        FakeText.Put(query->name, 32, control.Name);
        return 0;
    }

    private int Menu(v4l2_querymenu* menu)
    {
        FakeControl? control = camera.Controls.FirstOrDefault(one => one.Id == menu->id);
        if (control is null || !control.Choices.TryGetValue((int)menu->index, out string? name)) return -Errno.EINVAL;
        if (control.Type == VideoControlType.IntegerMenu) menu->value = long.Parse(name);
        else FakeText.Put(menu->name, 32, name);
        return 0;
    }

    private int Exchange(v4l2_ext_controls* all, bool set)
    {
        v4l2_ext_control* one = all->controls;
        FakeControl? control = camera.Controls.FirstOrDefault(candidate => candidate.Id == one->id);
        if (all->count != 1 || control is null) return -Errno.EINVAL;
        bool wide = control.Type == VideoControlType.Integer64;
        if (!set)
        {
            if ((control.Flags & VideoControlFlags.WriteOnly) != 0) return -Errno.EACCES;
            if (wide) one->value64 = control.Value;
            else one->value = (int)control.Value;
            return 0;
        }

        VideoControlFlags flags = Flags(control);
        if ((flags & VideoControlFlags.ReadOnly) != 0) return -Errno.EACCES;
        if ((flags & VideoControlFlags.Grabbed) != 0) return -Errno.EBUSY;
        if ((flags & VideoControlFlags.Inactive) != 0) return -Errno.EACCES;
        control.Value = wide ? one->value64 : one->value;
        return 0;
    }

    private static VideoControlFlags Flags(FakeControl control) =>
        control.Flags | (control.Automatic is { Value: not 0 } ? VideoControlFlags.Inactive : VideoControlFlags.None);
}
