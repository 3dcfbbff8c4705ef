namespace Camfx.Helper.Devices;

/// <summary>How many nodes there may be.</summary>
internal static class Quota
{
    /// <summary>Nodes of one user.</summary>
    public const int PerUser = 8;

    /// <summary>Nodes of all users together.</summary>
    public const int All = 32;

    /// <summary>Why a user may not have more nodes; null: the user may.</summary>
    /// <param name="owners">The owner of each node there is.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="wanted">How many more.</param>
    public static string? WhyNot(IEnumerable<uint> owners, uint user, int wanted)
    {
        int own = 0, all = 0;
        foreach (uint owner in owners)
        {
            all++;
            if (owner == user) own++;
        }

        if (own + wanted > PerUser) return $"User {user} has {own} nodes and may have {PerUser}; remove one that is not needed.";
        return all + wanted > All ? $"There are {all} nodes and there may be {All}; remove one that is not needed." : null;
    }
}
