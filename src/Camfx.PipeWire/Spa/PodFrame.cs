namespace Camfx.PipeWire.Spa;

/// <summary>Remembers where an object, struct, choice or array began until <see cref="PodBuilder.End"/> writes its size.</summary>
internal readonly record struct PodFrame(int Start);
