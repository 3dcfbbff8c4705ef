namespace Camfx.Models;

/// <summary>What a network gives back to itself from one picture to the next; zero before the first.</summary>
internal sealed record ModelState(string Input, string Output);
