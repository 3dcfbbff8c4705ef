namespace Camfx.Doctor.Machine;

/// <summary>The machine's files as this user sees them, its environment, and the answers of programs.</summary>
internal interface IFiles
{
    /// <summary>Everything in a file, read as Latin-1; null: there is none, or this user may not read it.</summary>
    string? Read(string path);

    /// <summary>Whether there is a file or folder of this name.</summary>
    bool Exists(string path);

    /// <summary>The paths of what is in a folder, in order; empty where there is none.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>A variable of the environment; null: it is not set or empty.</summary>
    string? Variable(string name);

    /// <summary>What a program prints on stdout; null: it is not there, fails, or takes too long.</summary>
    string? Run(string program, params string[] arguments);
}
