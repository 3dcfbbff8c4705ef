/*
 * The frame queue of frame-queue.md as a Spin model; `make test RINGS=model` checks it. "The model" in frame-queue.md says what it shows.
 *
 * Capitalised inlines are methods of src/Camfx.Frames/Queue and do what these do, in the same order; what starts with a small letter is the
 * model's own. An atomic is one access to shared memory, with what the process does by itself before the next one.
 *
 * One configuration is chosen with -D: LEASING, CONTENDED, HOSTILE, JOINING, SLEEPING, GENERATIONS or LEAVING. With one name more a fence or
 * a rule is left out (-DNO_name) or broken: tests/model/model.py knows them all, and each must be found.
 */

#ifdef LEAVING                  /* as GENERATIONS, but the reader is killed at any step, and the producer is not */
#define GENERATIONS
#define FRAMES 4
#define FIRST_FRAMES 1
#endif
#if defined(LEASING)            /* a leasing reader, killed at any step, and a copying one */
#define SLOTS 3
#define WORDS 1
#elif defined(CONTENDED)        /* two leasing readers, one of them in the producer's process */
#define SLOTS 4
#define WORDS 2
#elif defined(HOSTILE)          /* a leasing reader beside one that writes whatever it likes, whenever it likes */
#define SLOTS 5
#define WORDS 3
#define FRAMES 7
#elif defined(JOINING)          /* two readers in the producer's process that come and go and share one lease by turns */
#define SLOTS 3
#define WORDS 2
#elif defined(SLEEPING)         /* two readers that sleep on the futex or on their socket, as they like; the producer is killed at any step */
#define SLOTS 3
#define WORDS 0
#elif defined(GENERATIONS)      /* a second queue supersedes the first; a leasing reader and a copying one move; the producer is killed */
#define SLOTS 3
#define WORDS 1
#define QUEUES 2
#define LAST_READER 0
#ifndef LEAVING
#define FRAMES 6
#define FIRST_FRAMES 2
#endif
#endif
#ifndef QUEUES
#define QUEUES 1
#endif
#define READERS 2
#ifndef LAST_READER
#define LAST_READER 1
#endif
#ifndef FRAMES
#define FRAMES 5
#endif
#ifdef NO_SpareSlot
#undef SLOTS
#define SLOTS (WORDS + 1)
#endif
#ifdef NO_Share                 /* the writer looks at a word beyond the share it granted */
#undef WORDS
#define WORDS 4
#endif
#if defined(JOINING) || defined(SLEEPING) || defined(GENERATIONS)
#define WAITS                   /* somebody may wait */
#endif

/* --- Shared memory and its store buffers -------------------------------------------------------------------------------------------- */

#define SIZE (2 * SLOTS + 4 + 3 * READERS)
#define Sequence(q, slot) ((q) * SIZE + (slot))
#define Pixels(q, slot) ((q) * SIZE + SLOTS + (slot))           /* the descriptor's fields are part of them */
#define Newest(q) ((q) * SIZE + 2 * SLOTS)
#define Wake(q) ((q) * SIZE + 2 * SLOTS + 1)
#define State(q) ((q) * SIZE + 2 * SLOTS + 2)
#define Visits(q) ((q) * SIZE + 2 * SLOTS + 3)
#define Waiting(q, reader) ((q) * SIZE + 2 * SLOTS + 4 + READERS + (reader))
#define Listed(q, reader) ((q) * SIZE + 2 * SLOTS + 4 + 2 * READERS + (reader))
#ifdef SAME_PAGE                                                /* a control page is used again for the next generation */
#define Lease(q, reader) (2 * SLOTS + 4 + (reader))
#else
#define Lease(q, reader) ((q) * SIZE + 2 * SLOTS + 4 + (reader))
#endif

byte memory[QUEUES * SIZE];
#define load(cell) memory[cell]

/*
 * What a process stores stands in its buffer until it reaches the memory, at any later time. Release stores leave in their order, and after
 * everything before them; plain stores overtake. Nobody reads back what it wrote, so nothing is forwarded from a buffer.
 */
#define PLAIN 0
#define RELEASE 1
#define UNORDERED 2             /* a release store whose release is left out */
#ifdef WAITS
#define LONGEST 5
#else
#define LONGEST 3
#endif
chan buffer_WRITER = [LONGEST] of { byte, byte, byte };
chan buffer[READERS] = [2] of { byte, byte, byte };
#define buffer_me buffer[me]
#define store(process, order, cell, value) buffer_##process!order, cell, value
#define drained(process) empty(buffer_##process)

hidden byte cell, value;
proctype Memory()
{
end:
    do
    :: d_step { buffer_WRITER?_, cell, value -> memory[cell] = value }
    :: d_step { buffer_WRITER??PLAIN, cell, value -> memory[cell] = value }
    :: d_step { buffer_WRITER??UNORDERED, cell, value -> memory[cell] = value }
    :: d_step { buffer[0]?_, cell, value -> memory[cell] = value }
    :: d_step { buffer[1]?_, cell, value -> memory[cell] = value }
    od
}

/*
 * Every fence and where it stands. A full fence waits until the buffer is empty. One between two loads is the order of two steps; without it
 * they come in either order:
 * ReadFence: FrameQueueReader.IsWhole
 * CopyFence: FrameQueueReader.TryCopyNewest
 * DescriptorFence: FrameQueueReader.TryReadDescriptor
 */
#define LeaseFence drained(me)                  /* LeaseWords.TryTake */
#define ClearFence drained(me)                  /* LeaseWords.Clear */
#define WaitFence drained(me)                   /* FutexWait.ForFrame */
#define AskFence drained(me)                    /* FrameQueueReader.AskForMessage */
#define AddFence drained(me)                    /* FrameQueueWriter.Add */
#define RemoveFence drained(me)                 /* FrameQueueWriter.Remove */
#define MarkFence drained(WRITER)               /* FrameQueueWriter.MarkWriting */
#define EnterConsumersFence drained(WRITER)     /* FrameQueueWriter.EnterConsumers */
#define PublishFence drained(WRITER)            /* FrameQueueWriter.EnterConsumers, in WakeWaiters */
#ifdef NO_LeaseFence
#undef LeaseFence
#define LeaseFence true
#endif
#ifdef NO_ClearFence
#undef ClearFence
#define ClearFence true
#endif
#ifdef NO_WaitFence
#undef WaitFence
#define WaitFence true
#endif
#ifdef NO_AskFence
#undef AskFence
#define AskFence true
#endif
#ifdef NO_AddFence
#undef AddFence
#define AddFence true
#endif
#ifdef NO_RemoveFence
#undef RemoveFence
#define RemoveFence true
#endif
#ifdef NO_MarkFence
#undef MarkFence
#define MarkFence true
#endif
#ifdef NO_EnterConsumersFence
#undef EnterConsumersFence
#define EnterConsumersFence true
#endif
#ifdef NO_PublishFence
#undef PublishFence
#define PublishFence true
#endif

/* The releases of Publish. That of the sequence matters only without that of newest, which alone keeps the pixels before it, too. */
#define SequenceOrder RELEASE
#define NewestOrder RELEASE
#define WakeOrder RELEASE
#ifdef NO_PublishReleases
#undef SequenceOrder
#define SequenceOrder UNORDERED
#endif
#if defined(NO_NewestRelease) || defined(NO_PublishReleases)
#undef NewestOrder
#define NewestOrder UNORDERED
#endif
#ifdef NO_WakeRelease
#undef WakeOrder
#define WakeOrder UNORDERED
#endif

/* --- Words -------------------------------------------------------------------------------------------------------------------------- */

#define NONE 7                                                  /* no slot */
#define Word(sequence, slot) ((sequence) * 8 + (slot))
#define sequence_of(word) ((word) >> 3)
#define slot_of(word) ((word) & 7)
#define picture(q, sequence) ((q) * 16 + (sequence))            /* what the pixels of a frame show */
#define Live 0
#define Ended 1
#define Superseded 2
#define Futex 1
#define Message 2
#define WRITER READERS
#define FRAME 1
#define WELCOME 2

/* --- What the properties speak of; no process decides by it ------------------------------------------------------------------------- */

byte held[QUEUES * READERS];    /* word of the frame a reader holds, from its successful look to its release */
byte begun = NONE;              /* slot being drawn, until it is published */
byte generation;                /* the queue it is in */
bool choosing;                  /* between the first mark of a TryBegin and its end */
bool gone[READERS];             /* its Remove has returned */
bool taken_back;                /* it had when the writer read the list of consumers */
bool resting;                   /* the producer does nothing until all have heard of what it did last */
byte learned[READERS];          /* generation of the last WELCOME */
bool freed[READERS];            /* its page is no longer there */
byte last[READERS];             /* LastSequence: decides, and is asked by the property that nobody sleeps through a frame */

/* --- Processes and their deaths ----------------------------------------------------------------------------------------------------- */

bool killed[READERS + 1];
bool hung_up[READERS];          /* the producer's end of the connection is closed */
byte asleep[READERS];           /* in FUTEX_WAIT on the wake word of queue asleep - 1 */
chan socket[READERS] = [QUEUES] of { byte };
bool replaced;                  /* FrameQueueServer.Replace was called */
byte granted;

/* === The writer ===================================================================================================================== */

byte sequences[SLOTS];          /* _sequences */
byte sequence;                  /* _sequence */
byte newest = NONE;             /* _newest */
byte wake, visits;              /* what it wrote last to Wake and _visits */
byte seen[READERS];             /* ConsumerLeases._seen */
byte revoked;                   /* words whose _since is "counted", one bit each */
byte spent;                     /* ConsumerLeases._spent, one bit a word */
byte consumers;                 /* the list as it was read, one bit a consumer */
byte taken, candidate = NONE, preferred, rounds;
bool found, sleepers;

#define listed(q) (load(Listed(q, 0)) + 2 * load(Listed(q, 1)))
#define has(set, i) (((set) >> (i)) & 1)
#define owner(word) ((word) > 0)
#ifdef HOSTILE
#define is_honest(reader) ((reader) == 0)
#else
#define is_honest(reader) true
#endif
#if defined(JOINING)
#define is_local(reader) true
#elif defined(CONTENDED) || defined(HOSTILE)
#define is_local(reader) ((reader) == 0)
#else
#define is_local(reader) false
#endif

#ifdef REVOKES_LOCAL
#define is_revocable(reader) true
#else
#define is_revocable(reader) !is_local(reader)
#endif

inline begin_visit(q)
{
#ifdef JOINING
    visits++;
    store(WRITER, RELEASE, Visits(q), visits)
#else
    skip
#endif
}

inline read_consumers(q)
{
    consumers = listed(q);
    taken_back = gone[0]
}

inline EnterConsumers(q)
{
    begin_visit(q);
    EnterConsumersFence;
    read_consumers(q)
}

inline LeaveConsumers(q)
{
    consumers = 0;
#ifdef JOINING
    visits++;
    store(WRITER, RELEASE, Visits(q), visits)
#endif
}

inline IsRevoked(i)             /* seen unchanged for 500 ms: as often as the checker likes */
{
    if
    :: seen[i] == word && is_revocable(i) -> revoked = revoked | (1 << i)
    :: true
    fi
}

inline Collect(q, i)            /* one word */
{
    if
#ifdef HOSTILE
    :: i > 0 ->                 /* it may be any frame there is, seen for long or not; what names none means nothing */
        if
        :: candidate = NONE
        :: candidate = 0
        :: candidate = 1
        :: candidate = 2
        :: candidate = 3
        :: candidate = SLOTS - 1
        fi;
        if
        :: candidate != NONE && sequences[candidate] > 0 -> spent = spent | (1 << i); taken = taken | (1 << candidate)
        :: candidate != NONE && sequences[candidate] > 0 -> spent = spent | (1 << i)
        :: else
        fi;
        candidate = NONE
#endif
    :: has(consumers, owner(i)) && is_honest(i) ->
        assert(!freed[i]);      /* a page is not touched after its consumer's Remove */
        word = load(Lease(q, i));
        if
        :: seen[i] != word -> revoked = revoked & ~(1 << i)
        :: else
        fi;
        if
        :: word != 0 && sequences[slot_of(word)] == sequence_of(word) ->
            IsRevoked(i);
            if
            :: !has(revoked, i) ->
                taken = taken | (1 << slot_of(word));
                assert(!(i == 0 && taken_back));                /* a dead reader's lease has come back */
                assert(q == learned[i])                         /* a word of one generation holds no slot of another */
            :: else
            fi;
            spent = spent | (1 << i)
        :: else
        fi;
        seen[i] = word;
        word = 0
    :: else
    fi
}

inline ScanLeases(q)
{
    taken = 0;
    spent = 0;
    do
    :: atomic { i < WORDS -> Collect(q, i); i++ }
    :: atomic { else -> i = 0; break }
    od
}

#ifdef CHOOSE_LOWEST            /* whatever it holds */
#define is_older(slot) false
#else
#define is_older(slot) (sequences[slot] < sequences[candidate])
#endif

inline Oldest(count)
{
    do
    :: i < SLOTS ->
        if
        :: i < count && !has(taken, i) && candidate == NONE -> candidate = i
        :: else ->
            if
            :: i < count && !has(taken, i) && is_older(i) -> candidate = i
            :: else
            fi
        fi;
        i++
    :: else -> i = 0; break
    od
}

inline Choose()
{
    candidate = NONE;
    Oldest(preferred);
    if
    :: candidate == NONE -> Oldest(SLOTS)
    :: else
    fi;
    preferred++;
    rounds++;
    assert(candidate != NONE);                                  /* the writer never waits: a slot is always found, */
    assert(rounds <= SLOTS)                                     /* and soon */
}

inline MarkWriting(q)
{
    choosing = true;
#ifndef NO_Mark
    store(WRITER, RELEASE, Sequence(q, candidate), 0);
#endif
    MarkFence
}

inline HoldsNow(q, i)           /* one word */
{
    if
    :: sequences[candidate] == 0 || has(spent, i)
#ifdef HOSTILE
    :: i > 0 && sequences[candidate] != 0 && !has(spent, i) ->
        if
        :: found = true
        :: skip
        fi
#endif
    :: sequences[candidate] != 0 && !has(spent, i) && has(consumers, owner(i)) && is_honest(i) ->
        assert(!freed[i]);
        found = load(Lease(q, i)) == Word(sequences[candidate], candidate)
    :: else
    fi;
#ifndef NO_Spent
    if
    :: found -> spent = spent | (1 << i)
    :: else
    fi
#endif
}

inline IsLeasedNow(q)
{
    found = false;
#ifndef NO_IsLeasedNow
    do
    :: atomic { i < WORDS && !found -> HoldsNow(q, i); i++ }
    :: atomic { else -> i = 0; break }
    od
#endif
}

inline Restore(q)
{
#ifndef NO_Restore
    store(WRITER, RELEASE, Sequence(q, candidate), sequences[candidate])
#else
    skip
#endif
}

inline assert_not_held(q, reader)
{
    assert(!(held[(q) * READERS + (reader)] != 0 && slot_of(held[(q) * READERS + (reader)]) == candidate)
        || (has(revoked, reader) && seen[reader] == held[(q) * READERS + (reader)]))
}

inline TryBegin(q)
{
    atomic { EnterConsumers(q) };
    ScanLeases(q);
    atomic {
        preferred = has(taken, 0) + has(taken, 1) + has(taken, 2) + has(taken, 3) + 3;
#ifndef CHOOSE_LOWEST
        if
        :: newest != NONE -> taken = taken | (1 << newest)
        :: else
        fi
#endif
    }
    do
    :: atomic { d_step { Choose() }; MarkWriting(q) }
        IsLeasedNow(q);
        atomic {
            if
            :: found -> Restore(q); taken = taken | (1 << candidate); found = false
            :: else -> break
            fi
        }
    od;
    atomic {
        LeaveConsumers(q);
        choosing = false;
        taken = 0; spent = 0; preferred = 0; rounds = 0;
        sequences[candidate] = 0;
        begun = candidate;
        assert_not_held(q, 0);                                  /* a held slot is never drawn */
        assert_not_held(q, 1)
    }
}

inline Publish(q)
{
    atomic {
        sequence++;
#ifdef SLEEPING
        store(WRITER, NewestOrder, Newest(q), Word(sequence, candidate));
#else
        store(WRITER, PLAIN, Pixels(q, candidate), picture(q, sequence));
#ifdef NEWEST_FIRST
        store(WRITER, RELEASE, Newest(q), Word(sequence, candidate));
        store(WRITER, RELEASE, Sequence(q, candidate), sequence);
#else
        store(WRITER, SequenceOrder, Sequence(q, candidate), sequence);
        store(WRITER, NewestOrder, Newest(q), Word(sequence, candidate));
#endif
        sequences[candidate] = sequence;
        newest = candidate;
#endif
        candidate = NONE
    }
    WakeWaiters(q);
    begun = NONE
}

inline SendMessage(reader)      /* MSG_DONTWAIT; the socket may be full */
{
    if
    :: nfull(socket[reader]) -> socket[reader]!FRAME
    :: full(socket[reader])
    fi
}

inline futex_wake(q)
{
    if
    :: asleep[0] == (q) + 1 -> asleep[0] = 0
    :: else
    fi;
    if
    :: asleep[1] == (q) + 1 -> asleep[1] = 0
    :: else
    fi
}

inline WakeWaiters(q)
{
#ifdef WAITS
    atomic {
#ifndef NO_WakeChange
        wake++;
#endif
        store(WRITER, WakeOrder, Wake(q), wake);
        begin_visit(q);         /* EnterConsumers again, with a second duty for its fence */
        PublishFence;
        read_consumers(q)
    };
    do
    :: atomic {
            i < READERS ->
            if
            :: has(consumers, i) ->
                assert(!freed[i]);
                if
                :: load(Waiting(q, i)) == Futex -> sleepers = true
                :: load(Waiting(q, i)) == Message -> SendMessage(i)
                :: else
                fi
            :: else
            fi;
            i++
        }
    :: atomic { else -> i = 0; break }
    od;
    atomic {
        LeaveConsumers(q);
        if
        :: sleepers -> futex_wake(q); sleepers = false
        :: else
        fi
    }
#else
    PublishFence
#endif
}

inline Close(q, state)
{
    atomic { store(WRITER, RELEASE, State(q), state) }
    WakeWaiters(q);
    atomic {
#ifndef CLOSE_WAKES_LISTED
        futex_wake(q);
#endif
        RemoveAllConsumers(q)
    }
}

inline RemoveAllConsumers(q)
{
    memory[Listed(q, 0)] = 0;
    memory[Listed(q, 1)] = 0
}

/* === Readers ======================================================================================================================== */

#define held_in(q) held[(q) * READERS + me]

inline TryFindNewest(q)         /* goes on when there is a later one */
{
    sequence_of(load(Newest(q))) > last[me];
    word = load(Newest(q))
}

inline TryTake(q)
{
    store(me, RELEASE, Lease(q, me), word);
    LeaseFence
}

inline Clear(q)
{
    store(me, RELEASE, Lease(q, me), 0);
    ClearFence
}

/* Who comes too late finds a newer frame: the newest one can be had at any time. */
#define assert_overtaken(q) assert(load(Newest(q)) != word)

inline TryAcquire(q)            /* one attempt: word is the frame held then, or 0 */
{
    atomic {
        TryFindNewest(q);
        TryTake(q);
        if
#ifndef NO_CheckSequence
        :: load(Sequence(q, slot_of(word))) != sequence_of(word) ->
            assert_overtaken(q);
#ifndef NO_ClearOnFailure
            Clear(q);
#endif
            word = 0
#endif
        :: else ->
            last[me] = sequence_of(word);
            held_in(q) = word;
            assert(!(begun == slot_of(word) && generation == q && sequence != sequence_of(word)))   /* what is being drawn is never held */
        fi
    }
}

#define shown(q) load(Pixels(q, slot_of(word)))
#define has_sequence(q) (load(Sequence(q, slot_of(word))) == sequence_of(word))

/* A revoked frame is lost, or one whose slot is just being chosen; no other. */
#define is_lost(q) (choosing || has(revoked, me) || q != generation)
#define IsWhole(q) has_sequence(q)
#define expected(q) picture(learned[me], sequence_of(word))

inline Release(q)               /* FrameQueueReader: the lease may have been revoked */
{
    if
    :: atomic { pixels = shown(q) }
        atomic { whole = IsWhole(q); assert(whole || is_lost(q)) }
#ifdef NO_ReadFence
    :: atomic { whole = IsWhole(q) }
        atomic { pixels = shown(q) }
#endif
    fi;
    atomic {
#ifdef NO_ReleaseCheck
        whole = true;
#endif
        assert(!whole || pixels == expected(q));                /* no torn frame, and none of a stale generation, is accepted */
        held_in(q) = 0;
        Clear(q);
        word = 0; pixels = 0; whole = false
    }
}

inline release_local(q)         /* LocalConsumer.Release: nothing is checked any more */
{
    if
    :: atomic { assert(shown(q) == expected(q)); held_in(q) = 0; Clear(q) }
#ifdef NO_ClearRelease
    :: atomic { held_in(q) = 0; Clear(q) }
        atomic { assert(shown(q) == expected(q)) }
#endif
    fi;
    word = 0
}

inline TryReadDescriptor(q)
{
    if
    :: atomic { whole = has_sequence(q); if :: !whole -> assert_overtaken(q) :: else fi }
        atomic { pixels = shown(q) }
        atomic { whole = whole && has_sequence(q) }
#ifdef NO_DescriptorFence
    :: atomic { whole = has_sequence(q) }
        atomic { pixels = shown(q) }
#endif
    fi;
    assert(!whole || pixels == expected(q))                     /* what is checked is one frame's descriptor */
}

inline TryCopyNewest(q)         /* one attempt */
{
#ifdef NO_Acquires              /* the pixels of a slot that is guessed are there before newest is */
    if
    :: guess = 0
    :: guess = 1
    :: guess = 2
    fi;
    atomic { early = load(Pixels(q, guess)) }
end_early:
#endif
    atomic { TryFindNewest(q) }
    TryReadDescriptor(q);
    if
    :: !whole
    :: whole ->
        if
        :: atomic { pixels = shown(q) }
            atomic { whole = has_sequence(q) }
#ifdef NO_Acquires
        :: slot_of(word) == guess ->
            atomic { pixels = early; whole = has_sequence(q) }
#endif
#ifdef NO_CopyFence
        :: atomic { whole = has_sequence(q) }
            atomic { pixels = shown(q) }
#endif
        fi
#ifdef NO_SecondLook
        ; whole = true
#endif
    fi;
    atomic {
        assert(!whole || pixels == expected(q));
        if
        :: whole -> last[me] = sequence_of(word)
        :: else
        fi;
        word = 0; pixels = 0; whole = false
    }
}

#define HasFrameAfter(q) (sequence_of(load(Newest(q))) > last[me])
#define IsLive(q) (load(State(q)) == Live)

inline ForFrame(q)              /* heard: a frame. Not heard: the queue's end, or the time it sleeps this way is over */
{
    do
    ::
#ifdef WAKE_READ_LATE
        atomic { store(me, RELEASE, Waiting(q, me), Futex); WaitFence; heard = HasFrameAfter(q) }
        atomic { word = load(Wake(q)) }
#elif defined(NO_LastLook)
        atomic { word = load(Wake(q)); store(me, RELEASE, Waiting(q, me), Futex); WaitFence }
#else
        atomic { word = load(Wake(q)); store(me, RELEASE, Waiting(q, me), Futex); WaitFence; heard = HasFrameAfter(q) }
#endif
        if
        :: heard -> break
        :: atomic { !heard && !IsLive(q) -> break }
        :: atomic { !heard && IsLive(q) -> skip }
        fi;
        atomic {                                                /* FUTEX_WAIT; the barrier in it is not counted on */
            if
            :: load(Wake(q)) == word -> asleep[me] = q + 1
            :: else
            fi;
            word = 0
        }
        if
        :: asleep[me] == 0
        :: hung_up[me] -> asleep[me] = 0; break                 /* three frame times have passed */
        fi
    od;
    atomic { store(me, RELEASE, Waiting(q, me), 0); word = 0 }
}

inline TakeQueue()
{
    learned[me] = 1;
#ifndef OLD_QUEUE
    queue = 1;
#endif
#ifndef SEQUENCE_KEPT
    last[me] = 0
#endif
}

inline Receive()
{
    do
    :: socket[me]?FRAME
    :: socket[me]?WELCOME -> TakeQueue(); heard = true
    :: empty(socket[me]) -> ended = hung_up[me] && !heard; break
    od
}

#define PollSocket (nempty(socket[me]) || hung_up[me])

inline AskForMessage(q)         /* heard: a message is due already */
{
#ifdef WAITING_LATE
    atomic { heard = HasFrameAfter(q) }
    atomic { store(me, RELEASE, Waiting(q, me), Message); AskFence }
#else
    atomic { store(me, RELEASE, Waiting(q, me), Message); AskFence; heard = HasFrameAfter(q) }
#endif
    if
    :: heard
    :: atomic { !heard -> heard = !IsLive(q) }
    fi
}

inline wait_for_message()       /* the second half of FrameQueueConnection.Wait */
{
    do
    ::  AskForMessage(queue);
        if
        :: heard
        :: !heard && PollSocket
        fi;
        atomic {
            heard = false;
            Receive();
            if
            :: heard || ended -> break
            :: else
            fi
        }
        if
        :: atomic { HasFrameAfter(queue) -> break }
        :: atomic { !HasFrameAfter(queue) -> skip }
        fi;
        if
        :: atomic { load(State(queue)) == Ended -> ended = true; break }
        :: atomic { load(State(queue)) == Superseded && PollSocket }
        :: atomic { load(State(queue)) == Live }
        fi
    od;
    atomic { heard = false; store(me, RELEASE, Waiting(queue, me), 0); AskFence }
}

inline Wait(by_futex, by_poll)  /* FrameQueueConnection: ended, or there is something to look at */
{
    if
    :: by_futex -> ForFrame(queue)
    :: by_poll
    fi;
    if
    :: heard -> heard = false
    :: else -> wait_for_message()
    fi
}

/* === The processes of each configuration ============================================================================================ */

#if defined(LEASING) || defined(CONTENDED) || defined(HOSTILE) || defined(JOINING)
/* It dies at any step as well: that is a run in which it takes no further one, and its buffer is still written to the memory. */
proctype Writer()
{
    byte i, word;
    do
    :: sequence < FRAMES -> TryBegin(0); Publish(0)
    :: else -> break
    od
}
#endif

#if defined(LEASING) || defined(CONTENDED) || defined(HOSTILE)
proctype Leasing(byte me)
{
    byte word, pixels;
    bool whole;
    {
end:
        do
        :: TryAcquire(0);
            if
            :: word == 0
            :: word != 0 && is_local(me) -> release_local(0)
            :: word != 0 && !is_local(me) -> Release(0)
            fi
        od
    } unless { killed[me] }
}
#endif

#ifdef LEASING
proctype Copying(byte me)
{
    byte word, pixels;
#ifdef NO_Acquires
    byte guess, early;
#endif
    bool whole;
end:
    do
    :: TryCopyNewest(0)
    od
}

proctype Server()
{
end:
    do
    :: d_step { !killed[0] -> killed[0] = true; held[0] = 0 }
    :: d_step {                                                 /* its connection has hung up */
            killed[0] && !gone[0] && empty(buffer[0]) ->
#ifndef DEAD_STAY
            memory[Listed(0, 0)] = 0;
#endif
            gone[0] = true
        }
    od
}
#endif

#ifdef JOINING
inline Add()
{
    store(me, RELEASE, Listed(0, me), 1);
    AddFence
}

inline AwaitVisit()
{
#ifndef NO_AwaitVisit
    atomic { visit = load(Visits(0)) }
    if
    :: visit & 1 -> load(Visits(0)) != visit
    :: else
    fi
#else
    skip
#endif
}

inline Remove()
{
#ifdef SHARE_BACK_EARLY
    granted--;
#endif
    atomic { store(me, RELEASE, Listed(0, me), 0); RemoveFence }
    AwaitVisit();
    atomic {
        visit = 0;
        freed[me] = true;
#ifndef SHARE_BACK_EARLY
        granted--
#endif
    }
}

proctype Joining(byte me)
{
    byte word, visit;
end:
    do
    :: atomic { granted == 0 -> granted++; freed[me] = false; last[me] = 0; memory[Lease(0, me)] = 0; Add() }
        do
        :: TryAcquire(0);
            if
            :: word == 0
            :: word != 0 -> release_local(0)
            :: word != 0 -> held[me] = 0; word = 0; break       /* Dispose gives it back */
            fi
        :: true -> break
        od;
        Remove()
    od
}
#endif

#if defined(SLEEPING) || defined(GENERATIONS)
#define has_seen(reader) (killed[reader] || hung_up[reader] || (learned[reader] == queue && last[reader] == sequence))

inline idle()                   /* perhaps nothing happens until everybody has the newest frame: nobody sleeps while there is one */
{
    if
    :: true
    :: resting = true;
        atomic { has_seen(0) && has_seen(LAST_READER) -> resting = false }
    fi
}

/* The producer dies, or not; then its connections hang up. Nobody dies while it rests: that would only wake who must be awake already. */
proctype Killer()
{
end:
    do
#ifndef LEAVING
    :: d_step { !resting && !killed[WRITER] -> killed[WRITER] = true }
    :: d_step { killed[WRITER] && !hung_up[0] && drained(WRITER) -> hung_up[0] = true; hung_up[1] = true }
#else
    :: d_step { !resting && !killed[0] -> killed[0] = true; held[0] = 0; held[READERS] = 0; asleep[0] = 0 }
#endif
    od
}
#endif

#ifdef SLEEPING
proctype Writer()
{
    byte i, queue;
    {
        do
        :: sequence < FRAMES ->
            candidate = 0;
            Publish(0);
            idle()
        :: else -> break
        od;
        Close(0, Ended);
        resting = true
    } unless { killed[WRITER] }
}

proctype Sleeping(byte me)
{
    byte queue, word;
    bool heard, ended;
    do
    :: ended -> break
    :: else ->
        if
        :: atomic { sequence_of(load(Newest(0))) > last[me] -> last[me] = sequence_of(load(Newest(0))) }
        :: else -> Wait(me == 0, me == 1)
        fi
    od
}
#endif

#ifdef GENERATIONS
inline Replace()
{
    replaced = true
}

inline Create()                 /* a new writer, with a memory of its own */
{
    atomic {
        queue = 1; generation = 1; sequence = 0; newest = NONE; wake = 0; revoked = 0;
        seen[0] = 0; seen[1] = 0;
        for (i : 0 .. SLOTS - 1) { sequences[i] = 0 }
        i = 0
    }
}

proctype Writer()
{
    byte i, word, queue;
    {
        do
        :: queue == 0 && sequence < FIRST_FRAMES -> TryBegin(queue); Publish(queue); idle()
        :: queue == 0 && sequence == FIRST_FRAMES -> Replace(); Close(0, Superseded); Create()
        :: queue == 1 && sequence < FRAMES - FIRST_FRAMES -> TryBegin(queue); Publish(queue); idle()
        :: else -> break
        od;
        Close(1, Ended);
        resting = true
    } unless { killed[WRITER] }
}

inline Welcome(reader)          /* AddRemoteConsumer to the new queue, the message, Dispose of the consumer of the old one */
{
    atomic { memory[Listed(1, reader)] = 1 }
    atomic {
        if
        :: nfull(socket[reader]) -> socket[reader]!WELCOME
        :: full(socket[reader]) -> memory[Listed(1, reader)] = 0; hung_up[reader] = true
        fi
    }
    atomic { memory[Listed(0, reader)] = 0 }
}

proctype Server()
{
    {
        bool moved;
end:
        do
        :: replaced && !moved && !gone[0] -> Welcome(0); moved = true   /* MoveConsumers */
        :: d_step {
                killed[0] && !gone[0] && empty(buffer[0]) ->            /* its connection has hung up */
                memory[Listed(0, 0)] = 0;
                memory[Listed(1, 0)] = 0;
                gone[0] = true
            }
        od
    } unless { killed[WRITER] }
}

proctype Moving(byte me)
{
    byte queue, word, pixels;
    bool whole, heard, ended;
    {
        do
        :: ended -> break
        :: else ->
            if
            :: TryAcquire(queue);
                if
                :: word == 0
                :: word != 0 -> Release(queue)
                fi
            :: else -> Wait(true, true)
            fi
        od
    } unless { killed[me] }
}
#endif

init
{
    atomic {
        run Memory();
        run Writer();
#ifdef JOINING
        run Joining(0); run Joining(1)
#else
        memory[Listed(0, 0)] = 1;
        memory[Listed(0, 1)] = 1;
#if defined(LEASING)
        run Leasing(0); run Copying(1); run Server()
#elif defined(CONTENDED)
        run Leasing(0); run Leasing(1)
#elif defined(HOSTILE)
        run Leasing(0)
#elif defined(SLEEPING)
        run Sleeping(0); run Sleeping(1); run Killer()
#elif defined(GENERATIONS)
        memory[Listed(0, 1)] = 0;
        run Moving(0); run Server(); run Killer()
#endif
#endif
    }
}
