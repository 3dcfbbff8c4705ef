using Camfx.DBus;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Backends;

/// <summary>A way to make devices.</summary>
/// <remarks>Thread-bound to the bus's thread, but for <see cref="Open"/>, which the device's writer calls.</remarks>
internal interface IBackend
{
    /// <summary>Its name on the bus.</summary>
    string Name { get; }

    /// <summary>Whether a device is made by it when nobody names a backend.</summary>
    bool IsDefault { get; }

    /// <summary>What this machine has of it now.</summary>
    BackendState Look();

    /// <summary>Chooses nodes for a device, and makes none yet.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="taken">Numbers of nodes that belong to other devices of the helper.</param>
    /// <exception cref="BusException">Busy: the wanted number is taken. Unsupported: it cannot do what is wanted.</exception>
    IReadOnlyList<NodeRecord> Choose(DeviceRequest request, IReadOnlySet<int> taken);

    /// <summary>Makes a node that was chosen; does nothing where there is nothing to make.</summary>
    /// <exception cref="VideoException">The driver refused.</exception>
    void Make(DeviceRecord device, int node);

    /// <summary>Removes a node that it made.</summary>
    /// <returns>False: it is open somewhere, so it stays.</returns>
    /// <exception cref="VideoException">The driver refused.</exception>
    bool Remove(NodeRecord node);

    /// <summary>Whether a node is there and the device's.</summary>
    bool Exists(DeviceRecord device, int node);

    /// <summary>Opens a node and takes buffers.</summary>
    /// <param name="device">The device.</param>
    /// <param name="node">Which of its nodes.</param>
    /// <param name="kept">The open file that another process of this service left; null: it is opened anew. Becomes the output's.</param>
    /// <exception cref="VideoException">It cannot be had.</exception>
    INodeOutput Open(DeviceRecord device, int node, FileDescriptor? kept);
}
