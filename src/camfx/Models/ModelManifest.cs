using System.Collections.Immutable;

namespace Camfx.Models;

/// <summary>What must be known of a network beyond its file: docs/models.md says what each key means.</summary>
internal sealed record ModelManifest
{
    public required string Title { get; init; }

    /// <summary>The page where a user gets the file.</summary>
    public string? Page { get; init; }

    /// <summary>How the file is called there.</summary>
    public string? File { get; init; }

    public string? Licence { get; init; }

    /// <summary>What else a user should know, for example how to make the file.</summary>
    public string? Note { get; init; }

    public ModelInput Input { get; init; } = new();

    public ModelOutput Output { get; init; } = new();

    public ImmutableArray<ModelState> States { get; init; } = [];

    public ImmutableArray<ModelConstant> Constants { get; init; } = [];

    /// <summary>What is taken of a model that nobody has described: RGB from 0 to 1 in, a probability out.</summary>
    public static ModelManifest Guess { get; } = new() { Title = "no manifest; taken as RGB from 0 to 1, with a probability as its mask" };
}
