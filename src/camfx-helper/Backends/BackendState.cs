namespace Camfx.Helper.Backends;

/// <summary>What a machine has of a backend.</summary>
/// <param name="Available">Whether devices can be made.</param>
/// <param name="NeedsModule">Whether camfx-modules.service must run before: it loads the kernel module, or has udev give the helper the control device.</param>
/// <param name="Why">Which version; or why not, and what to do.</param>
internal readonly record struct BackendState(bool Available, bool NeedsModule, string Why);
