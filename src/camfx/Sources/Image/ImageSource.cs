using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Sources.Image;

/// <summary>The source <c>image:PATH</c>: a still picture, decoded and fitted once.</summary>
internal sealed class ImageSource : ISource
{
    private readonly string _path;
    private readonly CameraMode _mode;
    private readonly Thread _thread;
    private Action _arrived = static () => { };
    private FrameBuffer? _fitted;
    private CamfxException? _failure;

    private ImageSource(string path, CameraMode mode)
    {
        _path = path;
        _mode = mode;
        _thread = new Thread(LoadAndSay) { Name = "camfx image", IsBackground = true };
    }

    public long Dropped => 0;

    /// <exception cref="CamfxException">No path, or a key: it has none.</exception>
    public static ImageSource Create(SourceUri uri, CameraMode mode)
    {
        uri.AllowKeys();
        if (uri.Path.Length == 0) throw CamfxException.Usage("The source 'image:' names no file; write for example image:photo.png.");
        return new ImageSource(uri.Path, mode);
    }

    public void Probe() => Load().Dispose();

    public void Start(Action arrived)
    {
        _arrived = arrived;
        _thread.Start();
    }

    public bool Draw(in FrameView target, long time, out PictureInfo picture)
    {
        picture = new PictureInfo(time, ColorMatrix.Bt601);
        if (Volatile.Read(ref _failure) is { } failure) throw failure;
        if (Volatile.Read(ref _fitted) is not { } fitted) return false;
        Converter.Convert(fitted.View, target);
        return true;
    }

    public void Dispose()
    {
        if (_thread.IsAlive) _thread.Join();
        _fitted?.Dispose();
    }

    private void LoadAndSay()
    {
        try
        {
            Volatile.Write(ref _fitted, Load());
        }
        catch (CamfxException failure)
        {
            Volatile.Write(ref _failure, failure);
        }

        _arrived();
    }

    private FrameBuffer Load()
    {
        try
        {
            using FrameBuffer picture = ImageFile.Load(_path);
            using var fitter = new PictureFitter(_mode.Width, _mode.Height);
            var fitted = new FrameBuffer(
                FrameLayout.Packed(PixelFormat.I420, _mode.Width, _mode.Height), ColorMatrix.Bt601, ColorRange.Limited);
            fitter.Fit(picture.View, 0, 1, fitted.View);
            return fitted;
        }
        catch (AvException failure)
        {
            throw CamfxException.Of(failure);
        }
    }
}
