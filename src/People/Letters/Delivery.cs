namespace Holdfast.People.Letters;

/// <summary>Where letters go.</summary>
public enum Delivery
{
    /// <summary>Through the configured mail server.</summary>
    Smtp,

    /// <summary>They stay here, for whoever sits at this machine to read.</summary>
    Outbox,

    /// <summary>Nowhere: no mail server, and not on loopback, so nobody may read them here.</summary>
    None,
}
