using Camfx.Posix;
using static Camfx.V4L2.Interop.LoopbackDev;

namespace Camfx.V4L2.Fake;

/// <summary>/dev/v4l2loopback: since 0.15 with the kernel's numbers and a version, before with the old numbers only.</summary>
public sealed class FakeLoopbackControl(FakeLoopbackModule module) : FakeDevice(LoopbackControl.DefaultPath)
{
    internal FakeLoopbackModule Module => module;

    internal override FakeFile OpenFile() => new ControlFile(this);

    private sealed unsafe class ControlFile(FakeLoopbackControl control) : FakeFile(control)
    {
        internal override PollEvents Ready() => PollEvents.None;

        internal override void OnClose()
        {
        }

        internal override int OnOther(uint request, void* argument)
        {
            LoopbackVersion version = control.Module.Version;
            bool modern = version >= new LoopbackVersion(0, 15, 0);
            switch (request)
            {
                case V4L2LOOPBACK_CTL_VERSION when modern:
                    *(uint*)argument = (uint)(version.Major << 16 | version.Minor << 8 | version.Patch);
                    return 0;
                case V4L2LOOPBACK_CTL_ADD_legacy:
                case V4L2LOOPBACK_CTL_ADD when modern:
                    return Add((v4l2_loopback_config*)argument);
                case V4L2LOOPBACK_CTL_REMOVE_legacy:
                case V4L2LOOPBACK_CTL_REMOVE when modern:
                    return Remove((int)(nint)argument);
                case V4L2LOOPBACK_CTL_QUERY_legacy:
                case V4L2LOOPBACK_CTL_QUERY when modern:
                    return Query((v4l2_loopback_config*)argument);
                default:
                    return -Errno.ENOTTY;
            }
        }

        private int Add(v4l2_loopback_config* wire)
        {
            if (wire->output_nr >= 0 && wire->unused >= 0 && wire->output_nr != wire->unused) return -Errno.EINVAL;
            if (wire->output_nr >= 0 && control.Module.Devices.ContainsKey(wire->output_nr)) return -Errno.EEXIST;
            bool pinned = wire->min_width == wire->max_width && wire->min_height == wire->max_height && wire->max_width > 0;
            return control.Module.Make(new LoopbackConfig(
                VideoRequests.Text(wire->card_label, 32), wire->output_nr, pinned ? (int)wire->max_width : 0, pinned ? (int)wire->max_height : 0,
                wire->max_buffers <= 0 ? 2 : wire->max_buffers, wire->max_openers <= 0 ? 10 : wire->max_openers, wire->announce_all_caps == 0)).Config.Number;
        }

        private int Remove(int number)
        {
            if (!control.Module.Devices.TryGetValue(number, out FakeLoopback? device)) return -Errno.ENODEV;
            if (device.OpenFiles > 0) return -Errno.EBUSY;
            control.Module.Remove(number);
            device.Unplug();
            return 0;
        }

        private int Query(v4l2_loopback_config* wire)
        {
            if (!control.Module.Devices.TryGetValue(wire->output_nr, out FakeLoopback? device)) return -Errno.ENODEV;
            LoopbackConfig config = device.Config;
            FakeText.Put(wire->card_label, 32, config.Label);
            (wire->min_width, wire->max_width) = config.Width > 0 ? ((uint)config.Width, (uint)config.Width) : (2u, 8192u);
            (wire->min_height, wire->max_height) = config.Height > 0 ? ((uint)config.Height, (uint)config.Height) : (1u, 8192u);
            (wire->max_buffers, wire->max_openers) = (config.MaxBuffers, config.MaxOpeners);
            wire->announce_all_caps = config.ExclusiveCaps ? 0 : 1;
            return 0;
        }
    }
}
