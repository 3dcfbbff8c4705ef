namespace Camfx.DBus;

/// <summary>Taking a signature apart.</summary>
internal static class SignatureText
{
    /// <summary>How many characters the first complete type of a valid signature has.</summary>
    public static int FirstLength(ReadOnlySpan<char> signature)
    {
        int at = 0;
        while (signature[at] == 'a') at++;
        if (signature[at] is not ('(' or '{')) return at + 1;
        int depth = 0;
        do
        {
            depth += signature[at] switch { '(' or '{' => 1, ')' or '}' => -1, _ => 0 };
            at++;
        }
        while (depth > 0);
        return at;
    }

    /// <summary>The complete types that a valid signature is made of.</summary>
    public static List<string> Split(string signature)
    {
        List<string> parts = [];
        for (int at = 0; at < signature.Length;)
        {
            int length = FirstLength(signature.AsSpan(at));
            parts.Add(signature.Substring(at, length));
            at += length;
        }

        return parts;
    }
}
