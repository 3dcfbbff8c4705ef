namespace Camfx.Effects.Plugin;

/// <summary>What a plug-in is doing.</summary>
internal enum PluginState
{
    /// <summary>No frame has come yet: the program is started with the first.</summary>
    Resting,

    /// <summary>The program runs and has not given a picture yet.</summary>
    Starting,

    /// <summary>Its pictures are shown.</summary>
    Running,

    /// <summary>It gives pictures, but too late: the camera's own are shown.</summary>
    Late,

    /// <summary>It has ended or was ended, and is started again after a pause.</summary>
    Failed,
}
