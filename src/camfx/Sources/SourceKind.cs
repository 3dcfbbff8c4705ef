using Camfx.Configuration;

namespace Camfx.Sources;

/// <summary>One kind of source: how its URI looks and what it shows.</summary>
/// <param name="Scheme">What stands before the colon.</param>
/// <param name="Form">The URI with its keys.</param>
/// <param name="Description">What it shows, in one line.</param>
/// <param name="Create">Makes one; nothing is opened yet.</param>
internal sealed record SourceKind(string Scheme, string Form, string Description, Func<SourceUri, CameraMode, ISource> Create);
