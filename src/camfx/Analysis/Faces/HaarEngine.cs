namespace Camfx.Analysis.Faces;

/// <summary>Finds faces with the cascade that OpenCV's data have.</summary>
internal static class HaarEngine
{
    /// <summary>Where Debian's opencv-data has it.</summary>
    public const string SystemPath = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt.xml";

    /// <summary>Makes a detector for a camera of this size.</summary>
    /// <exception cref="CamfxException">The cascade is not there, or damaged.</exception>
    public static IFaceDetector Make(int width, int height, string path = SystemPath)
    {
        try
        {
            return new CascadeDetector(CascadeFile.Read(path), width, height);
        }
        catch (FormatException failure)
        {
            throw new CamfxException(
                ExitCode.Failed, $"The cascade '{path}', which faces are found with, is damaged: {failure.Message} Install opencv-data anew.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CamfxException(
                ExitCode.NoSuchThing, $"Faces are found with the cascade '{path}', which cannot be read; install opencv-data.", failure);
        }
    }
}
