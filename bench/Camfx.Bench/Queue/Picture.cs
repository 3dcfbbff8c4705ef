using System.Runtime.InteropServices;

namespace Camfx.Bench.Queue;

/// <summary>bench/peers/transport/picture.c as a library: the producer in C# draws and measures by the very code its peers in C are built with.</summary>
internal sealed unsafe class Picture : IDisposable
{
    public const int Width = 1920;
    public const int Height = 1080;

    private readonly nint _library;
    private readonly delegate* unmanaged<ulong> _pace;
    private readonly delegate* unmanaged<void*, ulong, void> _draw;
    private readonly delegate* unmanaged<void*, void> _stamp;
    private readonly delegate* unmanaged<ulong, void> _sent;

    public Picture(string library, ulong warm, ulong frames, uint rate)
    {
        _library = NativeLibrary.Load(library);
        var begin = (delegate* unmanaged<ulong, ulong, uint, long, void>)NativeLibrary.GetExport(_library, "picture_begin");
        _pace = (delegate* unmanaged<ulong>)NativeLibrary.GetExport(_library, "picture_pace");
        _draw = (delegate* unmanaged<void*, ulong, void>)NativeLibrary.GetExport(_library, "picture_draw");
        _stamp = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(_library, "picture_stamp");
        _sent = (delegate* unmanaged<ulong, void>)NativeLibrary.GetExport(_library, "picture_sent");
        begin(warm, frames, rate, 0);
    }

    /// <summary>Sleeps until the next picture is due; its number, 0 after the last.</summary>
    public ulong Pace() => _pace();

    public void Draw(byte* pixels, ulong number) => _draw(pixels, number);

    public void Stamp(byte* pixels) => _stamp(pixels);

    public void Sent(ulong number) => _sent(number);

    public void Dispose() => NativeLibrary.Free(_library);
}
