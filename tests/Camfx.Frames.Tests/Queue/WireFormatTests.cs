using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;

namespace Camfx.Frames.Tests.Queue;

/// <summary>The C header and this code describe the same bytes.</summary>
public sealed unsafe class WireFormatTests
{
    [SkippableFact]
    public void TheCHeaderHasTheSameOffsets()
    {
        Skip.IfNot(ForeignReader.HasCompiler, "gcc is not installed");
        var program = new StringBuilder("#include \"camfx-queue.h\"\n");
        QueueHeader header = default;
        Struct<QueueHeader>("camfx_queue_header");
        Field("camfx_queue_header", "magic", At(ref header, ref header.Magic));
        Field("camfx_queue_header", "version", At(ref header, ref header.Version));
        Field("camfx_queue_header", "header_size", At(ref header, ref header.HeaderSize));
        Field("camfx_queue_header", "total_size", At(ref header, ref header.TotalSize));
        Field("camfx_queue_header", "slot_size", At(ref header, ref header.SlotSize));
        Field("camfx_queue_header", "first_slot_offset", At(ref header, ref header.FirstSlotOffset));
        Field("camfx_queue_header", "slot_count", At(ref header, ref header.SlotCount));
        Field("camfx_queue_header", "descriptor_size", At(ref header, ref header.DescriptorSize));
        Field("camfx_queue_header", "generation", At(ref header, ref header.Generation));
        Field("camfx_queue_header", "producer_pid", At(ref header, ref header.ProducerPid));
        Field("camfx_queue_header", "frame_size", At(ref header, ref header.FrameSize));
        Field("camfx_queue_header", "format", At(ref header, ref header.Format));
        Field("camfx_queue_header", "frame_rate_numerator", At(ref header, ref header.FrameRateNumerator));
        Field("camfx_queue_header", "frame_rate_denominator", At(ref header, ref header.FrameRateDenominator));
        Field("camfx_queue_header", "newest", At(ref header, ref header.Newest));
        Field("camfx_queue_header", "wake", At(ref header, ref header.Wake));
        Field("camfx_queue_header", "state", At(ref header, ref header.State));
        FrameFormat format = default;
        Struct<FrameFormat>("camfx_format");
        Field("camfx_format", "fourcc", At(ref format, ref format.FourCC));
        Field("camfx_format", "plane_count", At(ref format, ref format.PlaneCount));
        Field("camfx_format", "offset", At(ref format, ref format.Offset0));
        Field("camfx_format", "stride", At(ref format, ref format.Stride0));
        Field("camfx_format", "matrix", At(ref format, ref format.Matrix));
        Field("camfx_format", "range", At(ref format, ref format.Range));
        SlotDescriptor slot = default;
        Struct<SlotDescriptor>("camfx_slot");
        Field("camfx_slot", "sequence", At(ref slot, ref slot.Sequence));
        Field("camfx_slot", "capture_time", At(ref slot, ref slot.CaptureTime));
        Field("camfx_slot", "presentation_time", At(ref slot, ref slot.PresentationTime));
        Field("camfx_slot", "flags", At(ref slot, ref slot.Flags));
        Field("camfx_slot", "bytes_used", At(ref slot, ref slot.BytesUsed));
        Field("camfx_slot", "format", At(ref slot, ref slot.Format));
        ControlPage control = default;
        Struct<ControlPage>("camfx_control");
        Field("camfx_control", "share", At(ref control, ref control.Share));
        Field("camfx_control", "generation", At(ref control, ref control.Generation));
        Field("camfx_control", "waiting", At(ref control, ref control.Waiting));
        Field("camfx_control", "lease", At(ref control, ref control.FirstLease));
        Struct<HelloMessage>("camfx_hello");
        Struct<WelcomeMessage>("camfx_welcome");
        Struct<RefusedMessage>("camfx_refused");
        Struct<FrameMessage>("camfx_frame_message");
        Constant("CAMFX_QUEUE_MAGIC", WireFormat.QueueMagic);
        Constant("CAMFX_CONTROL_MAGIC", WireFormat.ControlMagic);
        Constant("CAMFX_QUEUE_MAX_SLOTS", WireFormat.MaxSlots);
        Constant("CAMFX_QUEUE_MAX_SHARE", WireFormat.MaxShare);
        Constant("CAMFX_QUEUE_ENDED", (ulong)QueueState.Ended);
        Constant("CAMFX_QUEUE_SUPERSEDED", (ulong)QueueState.Superseded);
        Constant("CAMFX_WAIT_FUTEX", (ulong)WaitKind.Futex);
        Constant("CAMFX_WAIT_MESSAGE", (ulong)WaitKind.Message);
        Constant("CAMFX_FRAME_CORRUPTED", (ulong)FrameFlags.Corrupted);
        Constant("CAMFX_HELLO", (ulong)MessageKind.Hello);
        Constant("CAMFX_WELCOME", (ulong)MessageKind.Welcome);
        Constant("CAMFX_REFUSED", (ulong)MessageKind.Refused);
        Constant("CAMFX_FRAME", (ulong)MessageKind.Frame);
        Constant("CAMFX_PRODUCER_SHARE", FrameQueueServer.MaxShare);
        Constant("CAMFX_PRODUCER_MAX_LEASES", FrameQueueOptions.MaxLeaseLimit);
        Constant("CAMFX_LEASE_TIME", WireFormat.LeaseTimeNs);

        string file = Path.Combine(Path.GetTempPath(), $"camfx-wire-{Environment.ProcessId}.c");
        File.WriteAllText(file, program.ToString());
        try
        {
            Assert.Equal("", ForeignReader.Gcc("-fsyntax-only", file));
            Assert.Contains(ForeignReader.Compile("aarch64-linux-gnu-gcc", "-fsyntax-only", file), new[] { "", null });
        }
        finally
        {
            File.Delete(file);
        }

        void Struct<T>(string name) where T : unmanaged => Line($"sizeof(struct {name}) == {sizeof(T)}");
        void Field(string type, string name, long offset) => Line($"offsetof(struct {type}, {name}) == {offset}");
        void Constant(string name, ulong value) => Line($"{name} == {value}u");
        void Line(string condition) => program.Append(CultureInfo.InvariantCulture, $"_Static_assert({condition}, \"{condition}\");\n");
    }

    private static long At<TStruct, TField>(ref TStruct start, ref TField field) =>
        Unsafe.ByteOffset(ref Unsafe.As<TStruct, byte>(ref start), ref Unsafe.As<TField, byte>(ref field));
}
