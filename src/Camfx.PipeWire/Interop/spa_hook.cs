namespace Camfx.PipeWire.Interop;

// spa/utils/list.h and hook.h: a listener's place in the list of its object. It must not move and must outlive the object or its removal.
internal unsafe struct spa_list
{
    public spa_list* next;
    public spa_list* prev;
}

internal unsafe struct spa_hook
{
    public spa_list link;
    public spa_callbacks cb;
    public delegate* unmanaged[Cdecl]<spa_hook*, void> removed;
    public void* priv;
}
