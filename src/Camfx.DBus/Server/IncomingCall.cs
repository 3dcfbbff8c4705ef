namespace Camfx.DBus;

/// <summary>
/// A call of one of our methods. It may be answered before its handler returns or any time later, once, on the connection's thread. One that
/// is forgotten is never answered: its caller runs into its own time limit.
/// </summary>
public class IncomingCall
{
    private readonly CallState _state;

    internal IncomingCall(Bus bus, BusMessage message) => _state = new CallState(bus, message);

    /// <summary>Takes a call over, to give it an answer of one type.</summary>
    private protected IncomingCall(IncomingCall call) => _state = call._state;

    /// <summary>The caller's unique name. It leaves the bus with the caller: <see cref="Bus.WatchName"/>.</summary>
    public string Sender => _state.Sender;

    /// <summary>The method's name.</summary>
    public string Member => _state.Member;

    /// <summary>Whether the caller waits while polkit asks a person.</summary>
    public bool AllowsInteraction => _state.AllowsInteraction;

    /// <summary>Whether it was answered.</summary>
    public bool IsAnswered => _state.IsAnswered;

    /// <summary>Asks the bus who the caller is.</summary>
    /// <param name="done">Called once from <see cref="Bus.Process"/>; the error is NameHasNoOwner when the caller is gone.</param>
    public IDisposable GetCredentials(Action<BusReply<BusCredentials>> done) => _state.Bus.CredentialsOf(Sender, done);

    /// <summary>Begins to read the arguments.</summary>
    /// <param name="signature">The types they must have.</param>
    /// <exception cref="BusException">InvalidArgs: they have others.</exception>
    public MessageReader Arguments(string signature) => _state.Arguments(signature);

    /// <summary>Answers with an error.</summary>
    /// <exception cref="InvalidOperationException">It was answered already.</exception>
    public void Fail(BusException error) => _state.Answer(message => _state.Bus.ReplyError(message, error.Name, error.Message));

    /// <summary>Answers.</summary>
    private protected void Answer(Action<MessageWriter>? write) => _state.Answer(message => _state.Bus.Reply(message, write));

    private sealed class CallState(Bus bus, BusMessage message)
    {
        private readonly string _signature = message.Signature;

        public Bus Bus => bus;

        public string Sender { get; } = message.Sender;

        public string Member { get; } = message.Member;

        public bool AllowsInteraction { get; } = message.AllowInteraction;

        public bool IsAnswered { get; private set; }

        public MessageReader Arguments(string signature) => _signature == signature
            ? message.Read()
            : throw new BusException(BusErrors.InvalidArgs, $"{Member} takes arguments of the types '{signature}', not '{_signature}'.");

        public void Answer(Action<BusMessage> send)
        {
            if (IsAnswered) throw new InvalidOperationException($"{Member} was answered already.");
            send(message);
            IsAnswered = true;
            message.Dispose();
        }
    }
}
