namespace Camfx.Configuration;

/// <summary>When a camera's source is open.</summary>
internal enum IdleMode
{
    /// <summary>While somebody watches, and a little longer.</summary>
    OnDemand,

    /// <summary>Always: the first picture is there at once.</summary>
    Always,

    /// <summary>Never: whoever watches sees the card that says so.</summary>
    Off,
}
