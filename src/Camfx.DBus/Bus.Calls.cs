using Camfx.DBus.Interop;
using Camfx.Posix;

namespace Camfx.DBus;

/// <content>Calling others.</content>
public sealed unsafe partial class Bus
{
    private readonly CallTable _calls;

    /// <summary>Makes a call to be filled and sent.</summary>
    /// <param name="destination">A bus name.</param>
    /// <param name="path">The object there.</param>
    /// <param name="interfaceName">The interface; null for whichever has the method.</param>
    /// <param name="member">The method.</param>
    /// <exception cref="BusException">InvalidArgs: one of them is not what it should be.</exception>
    public BusMessage NewCall(string destination, ObjectPath path, string? interfaceName, string member)
    {
        sd_bus_message* message;
        Negative.Check(Libsystemd.sd_bus_message_new_method_call(Handle, &message, destination, path.Text, interfaceName, member), $"call {member}");
        return new BusMessage(_release, message);
    }

    /// <summary>Makes a signal to be filled and sent.</summary>
    public BusMessage NewSignal(ObjectPath path, string interfaceName, string member)
    {
        sd_bus_message* message;
        Negative.Check(Libsystemd.sd_bus_message_new_signal(Handle, &message, path.Text, interfaceName, member), $"make the signal {member}");
        return new BusMessage(_release, message);
    }

    /// <summary>Sends a message that nobody answers, such as a signal, and frees it.</summary>
    public void Send(BusMessage message)
    {
        using (message) Negative.Check(Libsystemd.sd_bus_send(Handle, message.Handle, null), "send a message");
    }

    /// <summary>Sends a call, frees it, and waits for the reply; nothing else is handled meanwhile.</summary>
    /// <param name="call">From <see cref="NewCall"/>.</param>
    /// <param name="timeout">How long; null for the bus's own 25 s.</param>
    /// <returns>The reply; the caller disposes it.</returns>
    /// <exception cref="BusException">The call failed, or there was no answer (NoReply), or the bus is gone (Disconnected).</exception>
    public BusMessage Call(BusMessage call, TimeSpan? timeout = null)
    {
        sd_bus_error error = default;
        sd_bus_message* reply = null;
        using (call)
        {
            int result = Libsystemd.sd_bus_call(Handle, call.Handle, Microseconds(timeout), &error, &reply);
            if (result >= 0) return new BusMessage(_release, reply);
            string member = call.Member;
            BusException failure = error.name is null || result == -Errno.ETIMEDOUT
                ? Negative.Translate(-result, $"call {member}")
                : new BusException(BusMessage.Text(error.name), error.message is null ? $"The call {member} failed." : BusMessage.Text(error.message));
            Libsystemd.sd_bus_error_free(&error);
            throw failure;
        }
    }

    /// <summary>Sends a call and frees it; the reply comes later.</summary>
    /// <param name="call">From <see cref="NewCall"/>.</param>
    /// <param name="done">Called once from <see cref="Process"/> with the reply, whose <see cref="BusMessage.Error"/> says whether it failed; freed after it.</param>
    /// <param name="timeout">How long; null for the bus's own 25 s. Then the reply is the error NoReply.</param>
    /// <returns>Disposed, it forgets the call: <paramref name="done"/> is not called.</returns>
    public IDisposable CallAsync(BusMessage call, Action<BusMessage> done, TimeSpan? timeout = null)
    {
        using (call)
        {
            int result = Libsystemd.sd_bus_call_async(Handle, null, call.Handle, CallTable.Callback, _calls.UserData, Microseconds(timeout));
            Negative.Check(result, $"call {call.Member}");
            return _calls.Add(call.Cookie, done, _release);
        }
    }

    /// <summary>Takes a name, e.g. org.camfx.Helper1.</summary>
    /// <exception cref="BusException">Busy: another process has it. AccessDenied: the bus's policy forbids it.</exception>
    public void RequestName(string name)
    {
        const uint DoNotQueue = 4;
        const uint Owned = 1;
        const uint OwnedAlready = 4;
        BusMessage call = DriverCall("RequestName");
        call.Writer.Write(name);
        call.Writer.Write(DoNotQueue);
        using BusMessage reply = Call(call);
        if (reply.Read().ReadUInt32() is not (Owned or OwnedAlready))
            throw BusException.Busy($"The bus name {name} is taken: another process runs already.");
    }

    /// <summary>Gives a name back.</summary>
    public void ReleaseName(string name)
    {
        BusMessage call = DriverCall("ReleaseName");
        call.Writer.Write(name);
        Call(call).Dispose();
    }

    /// <summary>Who owns a name now; null for nobody.</summary>
    public string? OwnerOf(string name)
    {
        BusMessage call = DriverCall("GetNameOwner");
        call.Writer.Write(name);
        try
        {
            using BusMessage reply = Call(call);
            return reply.Read().ReadString();
        }
        catch (BusException e) when (e.Name == BusErrors.NameHasNoOwner)
        {
            return null;
        }
    }

    /// <summary>Whether the bus would start something under a name that nobody owns.</summary>
    public bool IsActivatable(string name)
    {
        using BusMessage reply = Call(DriverCall("ListActivatableNames"));
        return BusType.Array(BusType.String).Read(reply.Read()).Contains(name, StringComparer.Ordinal);
    }

    /// <summary>Who a bus name is, as the bus knows it; waits for the bus.</summary>
    /// <exception cref="BusException">NameHasNoOwner: it left the bus.</exception>
    public BusCredentials CredentialsOf(string name)
    {
        using BusMessage reply = Call(CredentialsCall(name));
        return BusCredentials.From(BusType.Options.Read(reply.Read()));
    }

    /// <summary>Who a bus name is, as the bus knows it.</summary>
    /// <param name="name">A bus name, e.g. a caller's.</param>
    /// <param name="done">Called once from <see cref="Process"/>.</param>
    public IDisposable CredentialsOf(string name, Action<BusReply<BusCredentials>> done) =>
        CallAsync(CredentialsCall(name), reply => done(BusReply<BusCredentials>.From(reply, static r => BusCredentials.From(BusType.Options.Read(r)))));

    internal BusMessage DriverCall(string member) => NewCall(DriverName, DriverPath, DriverName, member);

    internal void Reply(BusMessage call, Action<MessageWriter>? write)
    {
        sd_bus_message* message;
        Negative.Check(Libsystemd.sd_bus_message_new_method_return(call.Handle, &message), "answer a call");
        BusMessage reply = new(_release, message);
        try
        {
            write?.Invoke(reply.Writer);
        }
        catch
        {
            reply.Dispose();
            throw;
        }

        Send(reply);
    }

    internal void ReplyError(BusMessage call, string name, string text)
    {
        sd_bus_error error = default;
        sd_bus_message* message;

        // It answers with the errno that fits the name, which is no failure.
        Libsystemd.sd_bus_error_set(&error, name, text);
        int result = Libsystemd.sd_bus_message_new_method_error(call.Handle, &message, &error);
        Libsystemd.sd_bus_error_free(&error);
        Negative.Check(result, "answer a call");
        Send(new BusMessage(_release, message));
    }

    private BusMessage CredentialsCall(string name)
    {
        BusMessage call = DriverCall("GetConnectionCredentials");
        call.Writer.Write(name);
        return call;
    }

    private static ulong Microseconds(TimeSpan? timeout) => timeout is { } time ? (ulong)Math.Max(1, time.Ticks / TimeSpan.TicksPerMicrosecond) : 0;
}
