namespace Camfx.Imaging.Simd;

/// <summary>
/// One transformation of a row (or a pair of rows): its scalar form, which is the specification, and its vector form, which gives the
/// same bytes. Implemented by stateless structs; <see cref="Traversal"/> walks the row.
/// </summary>
/// <typeparam name="TRow">The pointers and parameters of the row.</typeparam>
internal unsafe interface IKernel<TRow>
    where TRow : unmanaged
{
    /// <summary>Units (bytes, pixels or pixel pairs, as the kernel says) that one vector step handles.</summary>
    static abstract int Step(int vectorWidth);

    /// <summary>Handles one unit.</summary>
    static abstract void Scalar(in TRow row, int unit);

    /// <summary>Handles <see cref="Step"/> units from <paramref name="unit"/> on.</summary>
    static abstract void Vector<TLanes, TBytes, TWords>(in TRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged;
}
