namespace Camfx.DBus;

/// <summary>A D-Bus signature as a value (type g), e.g. a{sv}.</summary>
/// <param name="Text">The signature; checked by the library when it is sent.</param>
public readonly record struct BusSignature(string Text);
