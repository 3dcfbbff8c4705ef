namespace Camfx.Sources.Screen;

/// <summary>What the portal gave to share the same screen again without asking: <c>$XDG_STATE_HOME/camfx/screen-token</c>. Each is good for one time.</summary>
/// <param name="folder">Where it is kept.</param>
internal sealed class ScreenToken(Func<string> folder)
{
    private const int MostBytes = 4096;

    private string File => Path.Combine(folder(), "screen-token");

    /// <summary>Whoever has the token sees the screen: nobody else may read it.</summary>
    private static FileStreamOptions OnlyForThisUser()
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsLinux()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>The token; null: there is none, or it cannot be read, and the user is asked.</summary>
    public string? Load()
    {
        try
        {
            return new FileInfo(File) is { Exists: true, Length: > 0 and <= MostBytes } ? System.IO.File.ReadAllText(File).Trim() : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CamfxException)
        {
            return null;
        }
    }

    /// <summary>Keeps the next token, or with null forgets the last one. Where it cannot be kept the user is asked again next time.</summary>
    public void Save(string? token)
    {
        try
        {
            if (token is null)
            {
                System.IO.File.Delete(File);
                return;
            }

            Directory.CreateDirectory(folder());
            string unfinished = $"{File}.{Environment.ProcessId}.new";
            using (StreamWriter writer = new(unfinished, OnlyForThisUser())) writer.Write(token);
            System.IO.File.Move(unfinished, File, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CamfxException)
        {
            // As said.
        }
    }
}
