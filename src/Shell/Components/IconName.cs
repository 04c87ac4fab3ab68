namespace Holdfast.Shell.Components;

/// <summary>The pictures we draw ourselves; the shapes stand in <see cref="IconShapes"/>.</summary>
public enum IconName
{
    Home, Calendar, Compose, Posts, Accounts, Inbox, Insights, Media, Team, Settings, Help,
    Check, Cross, Warning, Info, Stop, Clock, Link, External, Copy, Play, Pause, Upload, Download, Plus,
    Left, Right, Down, Search, Trash, Lock, Key, Shield, Eye, Heart, Comment, Share,
    Sun, Moon, HalfMoon, Menu, More, Refresh, Unplug, Bell, SignOut, Grip, Code, Globe, Passkey,
}
