using System.Collections.Immutable;
using Camfx.Configuration;

namespace Camfx.Service.State;

/// <summary>What of a camera is kept from one run to the next, and what somebody asked it to be.</summary>
internal sealed record CameraRecord
{
    /// <summary>The last part of its object's path: made of its first name, never changed.</summary>
    public required string Id { get; init; }

    /// <summary>The name that apps show.</summary>
    public required string Name { get; init; }

    /// <summary>The source's URI.</summary>
    public required string Source { get; init; }

    public required CameraMode Mode { get; init; }

    /// <summary>Whether <see cref="Mode"/> may wait until nobody watches. Not saved: after a restart nobody does.</summary>
    public bool ModeMayWait { get; init; }

    public IdleMode Idle { get; init; }

    /// <summary>The privacy switch.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Words of <c>--output</c>.</summary>
    public ImmutableArray<string> Outputs { get; init; } = ["auto"];

    public ImmutableArray<EffectSetting> Effects { get; init; } = [];

    /// <summary>The id of the next effect: no object path is used twice.</summary>
    public int NextEffect { get; init; } = 1;

    /// <summary>The camera of somebody who has never changed anything.</summary>
    public static CameraRecord Default { get; } = new()
    {
        Id = CameraName.Default,
        Name = CameraName.Default,
        Source = "camera:",
        Mode = new CameraMode(1280, 720, new FrameRate(30, 1)),
    };
}
