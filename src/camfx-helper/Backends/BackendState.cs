namespace Camfx.Helper.Backends;

/// <summary>What a machine has of a backend.</summary>
/// <param name="Available">Whether devices can be made.</param>
/// <param name="NeedsModule">Whether the kernel module must be loaded before.</param>
/// <param name="Why">Which version; or why not, and what to do.</param>
internal readonly record struct BackendState(bool Available, bool NeedsModule, string Why);
