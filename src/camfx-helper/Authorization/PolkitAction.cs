namespace Camfx.Helper.Authorization;

/// <summary>What polkit is asked for; data/polkit has who may.</summary>
internal static class PolkitAction
{
    public const string CreateDevice = "org.camfx.helper.create-device";

    public const string RemoveDevice = "org.camfx.helper.remove-device";

    public const string ManageOthers = "org.camfx.helper.manage-others";

    public const string LoadModule = "org.camfx.helper.load-module";
}
