using System.Text.Json.Serialization;

namespace Camfx.Helper.Persistence;

/// <summary>Reading and writing of the state without reflection.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RuntimeState))]
internal sealed partial class StateJson : JsonSerializerContext;
