using System.Runtime.CompilerServices;
using Camfx.PipeWire.Interop;

namespace Camfx.PipeWire.Spa;

/// <summary>The parameters that answer a negotiated format: which buffers there are and what goes with each.</summary>
internal static class BufferParams
{
    /// <summary>The most buffers libpipewire's streams handle (MAX_BUFFERS in its stream.c).</summary>
    private const int MostBuffers = 64;

    /// <summary>One looked at, one on its way, two being drawn.</summary>
    private const int UsualInputBuffers = 4;

    /// <summary>
    /// Writes the buffer parameter: at least one buffer for each of <paramref name="slots"/>, of one block each, handed over as memfd
    /// only. Consumers that ask for more (GStreamer: 8) get more; those stand for slots that have a buffer already.
    /// </summary>
    public static void WriteBuffers(ref PodBuilder builder, int slots, int size, int stride)
    {
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectParamBuffers, SpaConstants.ParamBuffers);
        builder.Property(SpaConstants.BuffersBuffers);
        PodFrame count = builder.BeginChoice(SpaChoice.Range);
        builder.Int(slots);
        builder.Int(slots);
        builder.Int(MostBuffers);
        builder.End(count);
        builder.Property(SpaConstants.BuffersBlocks);
        builder.Int(1);
        builder.Property(SpaConstants.BuffersSize);
        builder.Int(size);
        builder.Property(SpaConstants.BuffersStride);
        builder.Int(stride);
        builder.Property(SpaConstants.BuffersDataType);
        PodFrame choice = builder.BeginChoice(SpaChoice.Flags);
        builder.Int(1 << (int)SpaConstants.DataMemFd);
        builder.End(choice);
        builder.End(frame);
    }

    /// <summary>
    /// Writes the buffer parameter of who reads: memory that can be mapped, of any size and stride; one buffer is kept while a picture is looked at, so
    /// there are some more.
    /// </summary>
    public static void WriteInputBuffers(ref PodBuilder builder)
    {
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectParamBuffers, SpaConstants.ParamBuffers);
        builder.Property(SpaConstants.BuffersBuffers);
        PodFrame count = builder.BeginChoice(SpaChoice.Range);
        builder.Int(UsualInputBuffers);
        builder.Int(2);
        builder.Int(MostBuffers);
        builder.End(count);
        builder.Property(SpaConstants.BuffersDataType);
        PodFrame choice = builder.BeginChoice(SpaChoice.Flags);
        builder.Int(1 << (int)SpaConstants.DataMemFd | 1 << (int)SpaConstants.DataMemPtr);
        builder.End(choice);
        builder.End(frame);
    }

    /// <summary>Writes the meta parameter that adds a <c>spa_meta_header</c> (time, sequence, flags) to each buffer.</summary>
    public static void WriteHeaderMeta(ref PodBuilder builder)
    {
        PodFrame frame = builder.BeginObject(SpaConstants.ObjectParamMeta, SpaConstants.ParamMeta);
        builder.Property(SpaConstants.MetaType);
        builder.Id(SpaConstants.MetaHeader);
        builder.Property(SpaConstants.MetaSize);
        builder.Int(Unsafe.SizeOf<spa_meta_header>());
        builder.End(frame);
    }
}
