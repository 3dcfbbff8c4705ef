namespace Camfx.DBus;

/// <summary>Names of errors: camfx's own, which its interfaces document, and those of D-Bus that a caller meets.</summary>
public static class BusErrors
{
    /// <summary>An argument is outside what is documented.</summary>
    public const string InvalidArgument = "org.camfx.Error.InvalidArgument";

    /// <summary>There is no such object, or it is gone.</summary>
    public const string NotFound = "org.camfx.Error.NotFound";

    /// <summary>Somebody else has it.</summary>
    public const string Busy = "org.camfx.Error.Busy";

    /// <summary>The caller may not do this.</summary>
    public const string NotPermitted = "org.camfx.Error.NotPermitted";

    /// <summary>This machine cannot do it.</summary>
    public const string Unsupported = "org.camfx.Error.Unsupported";

    /// <summary>There are as many as there may be.</summary>
    public const string LimitReached = "org.camfx.Error.LimitReached";

    /// <summary>It was tried and went wrong.</summary>
    public const string Failed = "org.camfx.Error.Failed";

    /// <summary>The arguments' types are wrong.</summary>
    public const string InvalidArgs = "org.freedesktop.DBus.Error.InvalidArgs";

    /// <summary>The bus refused to deliver (its policy).</summary>
    public const string AccessDenied = "org.freedesktop.DBus.Error.AccessDenied";

    /// <summary>No such bus name, and nothing that could be started under it.</summary>
    public const string ServiceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown";

    /// <summary>Nobody owns the name.</summary>
    public const string NameHasNoOwner = "org.freedesktop.DBus.Error.NameHasNoOwner";

    /// <summary>No object at that path.</summary>
    public const string UnknownObject = "org.freedesktop.DBus.Error.UnknownObject";

    /// <summary>The object lacks the interface.</summary>
    public const string UnknownInterface = "org.freedesktop.DBus.Error.UnknownInterface";

    /// <summary>The interface lacks the method.</summary>
    public const string UnknownMethod = "org.freedesktop.DBus.Error.UnknownMethod";

    /// <summary>The interface lacks the property.</summary>
    public const string UnknownProperty = "org.freedesktop.DBus.Error.UnknownProperty";

    /// <summary>The property cannot be set.</summary>
    public const string PropertyReadOnly = "org.freedesktop.DBus.Error.PropertyReadOnly";

    /// <summary>No answer in time, or the answering side left the bus.</summary>
    public const string NoReply = "org.freedesktop.DBus.Error.NoReply";

    /// <summary>The connection to the bus is at its end.</summary>
    public const string Disconnected = "org.freedesktop.DBus.Error.Disconnected";

    /// <summary>There is no bus to connect to.</summary>
    public const string NoServer = "org.freedesktop.DBus.Error.NoServer";
}
